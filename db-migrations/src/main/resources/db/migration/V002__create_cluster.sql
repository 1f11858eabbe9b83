-- Nodes, duties and the settings that are changed at run time. Belongs to the installation, not to a tenant:
-- only ${engineRole} reads and writes it.

-- A running node holds a row: its number makes its ids unique, its address lets the others find it.
create table nodes (
  number        smallint    not null,
  name          text        not null,
  url           text        not null,
  grid_address  text        not null,
  version       text        not null,
  incarnation   bigint      not null,
  started_at    timestamptz not null,
  renewed_until timestamptz not null,
  constraint nodes_pk primary key (number),
  constraint nodes_number_fits_an_id check (number between 0 and 1023)
);

-- Work that one node does for all (relay, reaper, refill, ...). A term is never issued twice: a holder that was paused
-- past its term finds that its writes, which carry the term, change nothing.
create table duties (
  name   text        not null,
  holder smallint    not null,
  incarnation bigint not null,
  term   bigint      not null,
  until  timestamptz not null,
  constraint duties_pk primary key (name)
);

create table settings (
  key        text        not null,
  value      text        not null,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text        not null,
  constraint settings_pk primary key (key)
);

grant select, insert, update, delete on nodes, duties, settings to ${engineRole};
