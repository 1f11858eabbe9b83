-- Pools, agents, their sessions, and demands.
-- Big tables: nothing here grows with the number of jobs; demands grow with the number of different wishes.

create table pools (
  tenant_id  bigint      not null,
  name       text        not null,
  state      text        not null default 'ACTIVE',
  placement  text        not null default 'LEAST_LOADED',
  reason     text,
  created_at timestamptz not null default clock_timestamp(),
  version    integer     not null default 1,
  constraint pools_pk primary key (tenant_id, name),
  constraint pools_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint pools_name_is_a_word check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  constraint pools_state_known check (state in ('ACTIVE', 'PAUSED', 'DRAINING')),
  constraint pools_placement_known check (placement in ('ROUND_ROBIN', 'LEAST_LOADED', 'RESOURCE_AWARE', 'CONSISTENT_HASH'))
);

create table agents (
  id           bigint      not null,
  tenant_id    bigint      not null,
  name         text        not null,
  state        text        not null default 'ENABLED',
  pools        text[]      not null,
  labels       jsonb       not null default '{}',
  executors    text[]      not null,
  slots        integer     not null,
  agent_version text       not null,
  host         jsonb       not null default '{}',
  sample       jsonb       not null default '{}',
  session_id   bigint,
  created_at   timestamptz not null default clock_timestamp(),
  seen_at      timestamptz not null default clock_timestamp(),
  version      integer     not null default 1,
  constraint agents_pk primary key (id),
  constraint agents_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint agents_name_unique unique (tenant_id, name),
  constraint agents_state_known check (state in ('ENABLED', 'DRAINING', 'DISABLED')),
  constraint agents_slots_positive check (slots between 1 and 100000)
) with (fillfactor = 70);

-- An agent's lease with the cluster. It belongs to the agent, not to a connection: the agent takes it along to another
-- node, which becomes node_number by raising the generation.
create table agent_sessions (
  id            bigint      not null,
  tenant_id     bigint      not null,
  agent_id      bigint      not null,
  secret_sha256 bytea       not null,
  node_number   smallint    not null,
  generation    integer     not null default 1,
  started_at    timestamptz not null default clock_timestamp(),
  renewed_until timestamptz not null,
  ended_at      timestamptz,
  end_reason    text,
  constraint agent_sessions_pk primary key (id),
  constraint agent_sessions_agent_fk foreign key (agent_id) references agents (id)
) with (fillfactor = 50);
create unique index idx_agent_sessions_one_live on agent_sessions (agent_id) where ended_at is null;

-- What a job asks of an agent, shared by content: tenant, pool, executor and labels. Ready jobs queue per demand, so
-- that a job nobody can execute never stands in front of one that somebody can.
create table demands (
  id         bigint      not null,
  tenant_id  bigint      not null,
  pool       text        not null,
  executor   text        not null,
  labels     jsonb       not null default '{}',
  digest     bytea       not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint demands_pk primary key (id),
  constraint demands_pool_fk foreign key (tenant_id, pool) references pools (tenant_id, name),
  constraint demands_content_unique unique (tenant_id, digest)
);

alter table pools enable row level security;
alter table pools force row level security;
create policy pools_own on pools to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy pools_engine on pools to ${engineRole} using (true) with check (true);

alter table agents enable row level security;
alter table agents force row level security;
create policy agents_own on agents to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy agents_engine on agents to ${engineRole} using (true) with check (true);

alter table agent_sessions enable row level security;
alter table agent_sessions force row level security;
create policy agent_sessions_own on agent_sessions for select to ${appRole} using (tenant_id = current_tenant());
create policy agent_sessions_engine on agent_sessions to ${engineRole} using (true) with check (true);

alter table demands enable row level security;
alter table demands force row level security;
create policy demands_own on demands to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy demands_engine on demands to ${engineRole} using (true) with check (true);

grant select, insert, update on pools to ${appRole};
grant select, insert on pools to ${engineRole};
grant select, update on agents to ${appRole};
grant select, insert, update on agents to ${engineRole};
grant select on agent_sessions to ${appRole};
grant select, insert, update, delete on agent_sessions to ${engineRole};
grant select, insert on demands to ${appRole};
grant select on demands to ${engineRole};
