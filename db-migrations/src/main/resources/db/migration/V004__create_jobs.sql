-- Jobs: specs shared by content, the state of each job, its labels, and the history of its attempts.
-- Big tables: jobs is narrow and leaves room for HOT updates; its indexes are few and mostly partial. job_specs is
-- immutable, attempts is written once per attempt (when it ends).

create table job_specs (
  id         bigint      not null,
  tenant_id  bigint      not null,
  digest     bytea       not null,
  document   jsonb       not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint job_specs_pk primary key (id),
  constraint job_specs_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint job_specs_content_unique unique (tenant_id, digest)
);

create table jobs (
  id           bigint      not null,
  tenant_id    bigint      not null,
  spec_id      bigint      not null,
  demand_id    bigint      not null,
  state        text        not null,
  level        smallint    not null default 15, -- lane * 10 + 0..9; lanes: 0 LOW, 1 NORMAL, 2 HIGH
  epoch        integer     not null default 0,  -- number of the newest attempt, the fencing token
  failures     smallint    not null default 0,  -- attempts that failed by themselves
  losses       smallint    not null default 0,  -- attempts lost with their agent; they spend no retry
  version      integer     not null default 1,
  name         text        not null collate "C",
  labels       jsonb,
  available_at timestamptz not null,
  created_at   timestamptz not null,
  created_by   bigint,
  queued_at    timestamptz,
  expires_at   timestamptz, -- not started by then: EXPIRED
  deadline_at  timestamptz, -- not ended by then: TIMED_OUT
  cancel_requested_at timestamptz,
  session_id   bigint,      -- who holds it, while LEASED or RUNNING
  agent_id     bigint,      -- who held it last
  leased_at    timestamptz,
  started_at   timestamptz,
  completed_at timestamptz,
  exit_code    integer,
  signal       smallint,
  reason       text,
  result       jsonb,
  retry_of     bigint,
  replayed_as  bigint,
  run_id       bigint,
  step         text,
  constraint jobs_pk primary key (id),
  constraint jobs_state_known check (state in ('SCHEDULED', 'QUEUED', 'BLOCKED', 'LEASED', 'RUNNING',
    'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'EXPIRED')),
  constraint jobs_level_in_range check (level between 0 and 29),
  constraint jobs_held_iff_leased_or_running check ((session_id is not null) = (state in ('LEASED', 'RUNNING'))),
  constraint jobs_completed_iff_terminal check ((completed_at is not null)
    = (state in ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'EXPIRED'))),
  constraint jobs_leased_has_an_epoch check (epoch > 0 or state not in ('LEASED', 'RUNNING', 'SUCCEEDED', 'FAILED'))
) with (fillfactor = 70);

-- The queue itself: what is ready for a demand, the most urgent and oldest first.
create index idx_jobs_ready on jobs (demand_id, level desc, id) where state = 'QUEUED';
create index idx_jobs_due on jobs (available_at) where state = 'SCHEDULED';
create index idx_jobs_held on jobs (session_id) where session_id is not null;
create index idx_jobs_expires on jobs (expires_at) where expires_at is not null;
create index idx_jobs_deadline on jobs (deadline_at) where deadline_at is not null and completed_at is null;
create index idx_jobs_tenant_state on jobs (tenant_id, state, id desc);
create index idx_jobs_tenant_name on jobs (tenant_id, name, id desc);
create index idx_jobs_state_completed on jobs (state, completed_at) where completed_at is not null;

-- Labels are written once with the job, so that its transitions do not touch their index.
create table job_labels (
  tenant_id bigint not null,
  key       text   not null collate "C",
  value     text   not null collate "C",
  job_id    bigint not null,
  constraint job_labels_pk primary key (tenant_id, key, value, job_id)
);
create index idx_job_labels_job on job_labels (job_id);

create table attempts (
  job_id      bigint      not null,
  epoch       integer     not null,
  tenant_id   bigint      not null,
  state       text        not null,
  session_id  bigint      not null,
  agent_id    bigint      not null,
  leased_at   timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz not null,
  exit_code   integer,
  signal      smallint,
  reason      text,
  cpu_micros  bigint,
  peak_memory_bytes bigint,
  tree_ended  boolean     not null default false,
  constraint attempts_pk primary key (job_id, epoch),
  constraint attempts_state_ended check (state in ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'LOST', 'RETURNED')),
  constraint attempts_epoch_positive check (epoch > 0)
);

-- Terminal is terminal, and no other step leaves the table of transitions, whoever sends the statement. The list is the
-- one of JobState; a test holds both equal.
create function refuse_job_transition() returns trigger
  language plpgsql
  as $$
begin
  raise exception 'job % cannot go from % to %', old.id, old.state, new.state
    using errcode = 'check_violation', constraint = 'jobs_transition_allowed';
end;
$$;
create trigger jobs_transition_allowed
  before update of state on jobs
  for each row
  when (old.state <> new.state and (old.state || '>' || new.state) not in (
    'SCHEDULED>QUEUED', 'SCHEDULED>BLOCKED', 'SCHEDULED>TIMED_OUT', 'SCHEDULED>CANCELLED', 'SCHEDULED>EXPIRED',
    'BLOCKED>SCHEDULED', 'BLOCKED>QUEUED', 'BLOCKED>TIMED_OUT', 'BLOCKED>CANCELLED', 'BLOCKED>EXPIRED',
    'QUEUED>SCHEDULED', 'QUEUED>BLOCKED', 'QUEUED>LEASED', 'QUEUED>TIMED_OUT', 'QUEUED>CANCELLED', 'QUEUED>EXPIRED',
    'LEASED>SCHEDULED', 'LEASED>QUEUED', 'LEASED>RUNNING', 'LEASED>SUCCEEDED', 'LEASED>FAILED', 'LEASED>TIMED_OUT', 'LEASED>CANCELLED',
    'RUNNING>SCHEDULED', 'RUNNING>QUEUED', 'RUNNING>SUCCEEDED', 'RUNNING>FAILED', 'RUNNING>TIMED_OUT', 'RUNNING>CANCELLED'))
  execute function refuse_job_transition();

alter table job_specs enable row level security;
alter table job_specs force row level security;
create policy job_specs_own on job_specs to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy job_specs_engine on job_specs to ${engineRole} using (true) with check (true);

alter table jobs enable row level security;
alter table jobs force row level security;
create policy jobs_own on jobs to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy jobs_engine on jobs to ${engineRole} using (true) with check (true);

alter table job_labels enable row level security;
alter table job_labels force row level security;
create policy job_labels_own on job_labels to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy job_labels_engine on job_labels to ${engineRole} using (true) with check (true);

alter table attempts enable row level security;
alter table attempts force row level security;
create policy attempts_own on attempts to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy attempts_engine on attempts to ${engineRole} using (true) with check (true);

grant select, insert on job_specs to ${appRole};
grant select on job_specs to ${engineRole};
grant select, insert, update, delete on jobs to ${appRole};
grant select, update on jobs to ${engineRole};
grant select, insert, delete on job_labels to ${appRole};
grant select, insert, delete on attempts to ${appRole};
grant select, insert on attempts to ${engineRole};
