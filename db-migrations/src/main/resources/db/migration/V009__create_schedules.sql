-- Schedules, what they fired, and what holds them back: calendars and freezes.
--
-- The unique row of a tick in schedule_firings is written in the transaction that makes its job: a tick fires once,
-- whoever fires it. Due schedules are found by idx_schedules_next_run, never by a scan.
-- Big tables: schedule_firings gets one row per firing. A schedule's row changes with each firing; room for that is left.

create table schedules (
  id          bigint      not null,
  tenant_id   bigint      not null,
  name        text        not null collate "C",
  definition  jsonb       not null,
  state       text        not null,
  next_tick   timestamptz, -- the next moment meant
  next_run_at timestamptz, -- when it is due: next_tick and its jitter
  last_tick   timestamptz,
  reason      text,        -- why it is paused
  failures    integer     not null default 0, -- in a row
  fired       bigint      not null default 0,
  missed      bigint      not null default 0, -- ticks given up, because no node was alive in time
  version     integer     not null default 1,
  created_at  timestamptz not null default clock_timestamp(),
  created_by  bigint      not null,
  updated_at  timestamptz not null default clock_timestamp(),
  constraint schedules_pk primary key (id),
  constraint schedules_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint schedules_name_unique unique (tenant_id, name),
  constraint schedules_state_known check (state in ('ACTIVE', 'PAUSED', 'ENDED')),
  constraint schedules_only_active_ones_are_due check (next_run_at is null or state = 'ACTIVE'),
  constraint schedules_due_iff_it_has_a_tick check ((next_run_at is null) = (next_tick is null))
) with (fillfactor = 70);
create index idx_schedules_next_run on schedules (next_run_at) where next_run_at is not null;
create index idx_schedules_status_time on schedules (tenant_id, state, next_run_at);

create table schedule_firings (
  id          bigint      not null,
  tenant_id   bigint      not null,
  schedule_id bigint      not null,
  backfill_id bigint      not null default 0, -- 0: none
  tick        timestamptz not null,
  kind        text        not null,
  state       text        not null,
  job_id      bigint,
  reason      text,
  fired_at    timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  constraint schedule_firings_pk primary key (id),
  constraint schedule_firings_once_per_tick unique (schedule_id, backfill_id, tick),
  constraint schedule_firings_kind_known check (kind in ('TICK', 'MANUAL', 'BACKFILL')),
  constraint schedule_firings_state_known check (state in ('STARTED', 'BUFFERED', 'SKIPPED', 'REFUSED',
    'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'EXPIRED', 'DELETED'))
) with (fillfactor = 80);
create index idx_execution_results_schedule_id on schedule_firings (schedule_id, id desc);
create index idx_schedule_firings_open on schedule_firings (schedule_id, id) where state in ('STARTED', 'BUFFERED');
create index idx_schedule_firings_backfill on schedule_firings (backfill_id) where backfill_id <> 0;

create table backfills (
  id          bigint      not null,
  tenant_id   bigint      not null,
  schedule_id bigint      not null,
  state       text        not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null,
  cursor_at   timestamptz not null, -- ticks before it were dealt with
  concurrency integer     not null,
  continue_on_failure boolean not null,
  reprocess   boolean     not null, -- also ticks that fired before
  total       integer     not null,
  started     integer     not null default 0,
  skipped     integer     not null default 0,
  succeeded   integer     not null default 0,
  failed      integer     not null default 0,
  reason      text,
  created_at  timestamptz not null default clock_timestamp(),
  created_by  bigint      not null,
  ended_at    timestamptz,
  constraint backfills_pk primary key (id),
  constraint backfills_state_known check (state in ('RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  constraint backfills_ended_iff_not_running check ((ended_at is null) = (state = 'RUNNING')),
  constraint backfills_range_is_one check (from_at < to_at),
  constraint backfills_concurrency_positive check (concurrency > 0)
);
create index idx_backfills_running on backfills (id) where state = 'RUNNING';
create index idx_backfills_tenant on backfills (tenant_id, id desc);

create table calendars (
  tenant_id  bigint      not null,
  name       text        not null collate "C",
  document   jsonb       not null,
  version    integer     not null default 1,
  updated_at timestamptz not null default clock_timestamp(),
  constraint calendars_pk primary key (tenant_id, name),
  constraint calendars_tenant_fk foreign key (tenant_id) references tenants (id)
);

-- A freeze without a tenant holds for all of them: everybody sees it, only the installation makes it.
create table freezes (
  id         bigint      not null,
  tenant_id  bigint,
  reason     text        not null,
  who        text        not null,
  from_at    timestamptz not null default clock_timestamp(),
  until_at   timestamptz,
  constraint freezes_pk primary key (id),
  constraint freezes_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint freezes_end_behind_their_begin check (until_at is null or until_at >= from_at)
);
create index idx_freezes_tenant on freezes (tenant_id, id desc);

alter table schedules enable row level security;
alter table schedules force row level security;
create policy schedules_own on schedules to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy schedules_engine on schedules to ${engineRole} using (true) with check (true);

alter table schedule_firings enable row level security;
alter table schedule_firings force row level security;
create policy schedule_firings_own on schedule_firings to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy schedule_firings_engine on schedule_firings to ${engineRole} using (true) with check (true);

alter table backfills enable row level security;
alter table backfills force row level security;
create policy backfills_own on backfills to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy backfills_engine on backfills to ${engineRole} using (true) with check (true);

alter table calendars enable row level security;
alter table calendars force row level security;
create policy calendars_own on calendars to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy calendars_engine on calendars to ${engineRole} using (true) with check (true);

alter table freezes enable row level security;
alter table freezes force row level security;
create policy freezes_own on freezes to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy freezes_of_all on freezes for select to ${appRole} using (tenant_id is null);
create policy freezes_engine on freezes to ${engineRole} using (true) with check (true);

grant select, insert, update, delete on schedules, backfills, calendars to ${appRole};
grant select, insert, update, delete on schedule_firings to ${appRole};
grant select, insert, update on freezes to ${appRole};
-- The engine only looks for work; what it finds is done for its tenant, by the role of requests.
grant select on schedules, schedule_firings, backfills to ${engineRole};
grant select, insert, update on freezes to ${engineRole};
