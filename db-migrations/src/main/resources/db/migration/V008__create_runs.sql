-- Runs of pipelines, their steps, and what people say to them.
--
-- A run has one row per step (instance 0) and one per instance of a matrix or map (instance 1..n). Each row counts what it
-- still waits for in `open`: a waiting step its dependencies, a running matrix or map its instances. The transaction that
-- ends a job locks the run, ends the step, and counts down what depends on it; so no coordinator has to be alive.
-- Big tables: run_steps grows with the steps of all runs; it is reached by run and position, by job, or by the partial
-- indexes of what is under way. Adding the columns' index to jobs locks jobs while it is built: nothing has a run_id yet.

-- The edges of a version, by position of the steps, shared by all of its runs. A step that waits for nothing has none.
create table pipeline_edges (
  version_id bigint  not null,
  parent     integer not null,
  child      integer not null,
  tenant_id  bigint  not null,
  constraint pipeline_edges_pk primary key (version_id, parent, child),
  constraint pipeline_edges_not_to_itself check (parent <> child)
);

-- The number of the newest run of a pipeline; its row lock orders the beginnings of its runs.
create table run_numbers (
  pipeline_id bigint  not null,
  tenant_id   bigint  not null,
  newest      integer not null,
  constraint run_numbers_pk primary key (pipeline_id)
);

create table runs (
  id            bigint      not null,
  tenant_id     bigint      not null,
  pipeline_id   bigint      not null,
  pipeline      text        not null collate "C",
  version_id    bigint      not null,
  version       integer     not null,
  number        integer     not null,
  state         text        not null,
  phase         smallint    not null default 0, -- 0 MAIN, 1 ON_FAILURE, 2 FINALLY
  parameters    jsonb       not null default '{}',
  steps         integer     not null,           -- of all phases, without instances
  ended         integer     not null default 0, -- of these
  open          integer     not null,           -- steps of the phase that have not ended
  failed        boolean     not null default false,
  stopped       boolean     not null default false, -- what had not begun was skipped
  pending       boolean     not null,           -- something may be advanced
  cancel_phase  smallint,                       -- steps of phases up to this one are to be cancelled
  run_limit     integer     not null default 0, -- active runs that its pipeline allows; 0: any number
  cancel_oldest boolean     not null default false, -- makes place for itself
  depth         smallint    not null default 0,
  parent_run_id bigint,
  parent_step   integer,
  parent_instance integer,
  tell_parent   boolean     not null default false,
  rerun_of      bigint,
  timeout_micros bigint,
  created_at    timestamptz not null default clock_timestamp(),
  created_by    bigint,
  creator       text        not null,
  started_at    timestamptz,
  deadline_at   timestamptz,
  completed_at  timestamptz,
  reason        text,
  revision      integer     not null default 1,
  constraint runs_pk primary key (id),
  constraint runs_number_unique unique (pipeline_id, number),
  constraint runs_state_known check (state in ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  constraint runs_completed_iff_terminal check ((completed_at is not null) = (state in ('SUCCEEDED', 'FAILED', 'CANCELLED'))),
  constraint runs_open_not_negative check (open >= 0 and ended <= steps),
  constraint runs_phase_known check (phase between 0 and 2),
  constraint runs_ended_waits_for_nothing check (completed_at is null or (not pending and ended = steps))
) with (fillfactor = 70);
create index idx_runs_tenant on runs (tenant_id, id desc);
create index idx_runs_tenant_pipeline on runs (tenant_id, pipeline, id desc);
create index idx_runs_pending on runs (id) where pending;
create index idx_runs_deadline on runs (deadline_at) where deadline_at is not null and completed_at is null;
create index idx_runs_active on runs (pipeline_id, state, id) where completed_at is null;
create index idx_runs_cancelling on runs (id) where state = 'CANCELLING';
create index idx_runs_queued on runs (pipeline_id) where state = 'QUEUED';
create index idx_runs_parent on runs (parent_run_id) where parent_run_id is not null;
create index idx_runs_tell_parent on runs (id) where tell_parent and completed_at is not null;

create table run_steps (
  run_id        bigint      not null,
  step          integer     not null, -- its position in the version
  instance      integer     not null default 0,
  tenant_id     bigint      not null,
  name          text        not null,
  phase         smallint    not null,
  kind          text        not null,
  state         text        not null,
  open          integer     not null default 0,
  blocked       boolean     not null default false, -- something it depends on neither succeeded nor may fail
  allow_failure boolean     not null default false,
  begun         integer     not null default 0,     -- instances that may begin
  failures      integer     not null default 0,     -- instances that did not succeed
  item          jsonb,                              -- what an instance is for: {"item":…} or {"matrix":…}
  job_id        bigint,
  child_run_id  bigint,
  kept_from     bigint,                             -- the run whose result was taken over
  outputs       jsonb,
  due_at        timestamptz,
  event_position bigint,                            -- events up to here were looked at
  reason        text,
  ready_at      timestamptz,
  started_at    timestamptz,
  ended_at      timestamptz,
  constraint run_steps_pk primary key (run_id, step, instance),
  constraint run_steps_state_known check (state in ('WAITING', 'READY', 'HELD', 'RUNNING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED')),
  constraint run_steps_kind_known check (kind in ('JOB', 'TEMPLATE', 'PIPELINE', 'APPROVAL', 'TIMER', 'SIGNAL', 'EVENT')),
  constraint run_steps_ended_iff_terminal check ((ended_at is not null) = (state in ('SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED'))),
  constraint run_steps_open_not_negative check (open >= 0 and instance >= 0),
  constraint run_steps_due_only_while_held check (due_at is null or state = 'HELD'),
  constraint run_steps_outputs_bounded check (outputs is null or octet_length(cast(outputs as text)) <= 131072)
) with (fillfactor = 70);
create index idx_run_steps_active on run_steps (run_id, state, step, instance) where state in ('READY', 'HELD', 'RUNNING');
create index idx_run_steps_due on run_steps (due_at) where due_at is not null;
create index idx_run_steps_events on run_steps (tenant_id, event_position) where event_position is not null and state = 'HELD';
create unique index idx_run_steps_job on run_steps (job_id) where job_id is not null;

-- Who said yes to a step; one no ends it.
create table run_approvals (
  run_id    bigint      not null,
  step      integer     not null,
  instance  integer     not null,
  token_id  bigint      not null,
  tenant_id bigint      not null,
  approver  text        not null,
  at        timestamptz not null default clock_timestamp(),
  constraint run_approvals_pk primary key (run_id, step, instance, token_id)
);

-- A signal stays with its run: steps that wait for it and steps that will wait for it get the newest payload.
create table run_signals (
  run_id    bigint      not null,
  name      text        not null,
  tenant_id bigint      not null,
  payload   jsonb       not null,
  at        timestamptz not null default clock_timestamp(),
  constraint run_signals_pk primary key (run_id, name)
);

create index idx_jobs_run on jobs (run_id, id desc) where run_id is not null;

-- The lists are those of RunState and StepState; a test holds them equal.
create function refuse_run_transition() returns trigger
  language plpgsql
  as $$
begin
  raise exception '% % cannot go from % to %', tg_argv[0], to_jsonb(old) ->> tg_argv[1], old.state, new.state
    using errcode = 'check_violation', constraint = tg_name;
end;
$$;
create trigger runs_transition_allowed
  before update of state on runs
  for each row
  when (old.state <> new.state and (old.state || '>' || new.state) not in (
    'QUEUED>RUNNING', 'QUEUED>CANCELLED',
    'RUNNING>PAUSED', 'RUNNING>CANCELLING', 'RUNNING>SUCCEEDED', 'RUNNING>FAILED',
    'PAUSED>RUNNING', 'PAUSED>CANCELLING',
    'CANCELLING>CANCELLED'))
  execute function refuse_run_transition('run', 'id');
create trigger run_steps_transition_allowed
  before update of state on run_steps
  for each row
  when (old.state <> new.state and (old.state || '>' || new.state) not in (
    'WAITING>READY', 'WAITING>SUCCEEDED', 'WAITING>SKIPPED', 'WAITING>CANCELLED',
    'READY>HELD', 'READY>RUNNING', 'READY>SUCCEEDED', 'READY>FAILED', 'READY>SKIPPED', 'READY>CANCELLED',
    'HELD>SUCCEEDED', 'HELD>FAILED', 'HELD>SKIPPED', 'HELD>CANCELLED',
    'RUNNING>SUCCEEDED', 'RUNNING>FAILED', 'RUNNING>SKIPPED', 'RUNNING>CANCELLED'))
  execute function refuse_run_transition('step of run', 'run_id');

alter table pipeline_edges enable row level security;
alter table pipeline_edges force row level security;
create policy pipeline_edges_own on pipeline_edges to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy pipeline_edges_engine on pipeline_edges to ${engineRole} using (true) with check (true);

alter table run_numbers enable row level security;
alter table run_numbers force row level security;
create policy run_numbers_own on run_numbers to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy run_numbers_engine on run_numbers to ${engineRole} using (true) with check (true);

alter table runs enable row level security;
alter table runs force row level security;
create policy runs_own on runs to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy runs_engine on runs to ${engineRole} using (true) with check (true);

alter table run_steps enable row level security;
alter table run_steps force row level security;
create policy run_steps_own on run_steps to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy run_steps_engine on run_steps to ${engineRole} using (true) with check (true);

alter table run_approvals enable row level security;
alter table run_approvals force row level security;
create policy run_approvals_own on run_approvals to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy run_approvals_engine on run_approvals to ${engineRole} using (true) with check (true);

alter table run_signals enable row level security;
alter table run_signals force row level security;
create policy run_signals_own on run_signals to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy run_signals_engine on run_signals to ${engineRole} using (true) with check (true);

grant select, insert on pipeline_edges to ${appRole};
grant select on pipeline_edges to ${engineRole};
grant select, insert, update on run_numbers to ${appRole};
grant select, insert, update on runs, run_steps to ${appRole};
grant select, update on runs, run_steps to ${engineRole};
grant select, insert on run_approvals to ${appRole};
grant select, insert, update on run_signals to ${appRole};
