-- Attempts that the servers execute elsewhere by themselves (executors http and cloud-run): what goes on there, who of the
-- nodes works on it, and when to look again.
--
-- A node takes a row by moving next_look_at beyond the longest call and by counting looks up; what it finds is written only
-- while looks is still the same. So a row belongs to nobody for longer than its holder lives, and a late word changes nothing.
-- Big tables: one row per attempt of such a job, written a few times; the indexes of what is under way are partial. Adding
-- the columns and the index on demands is quick: both tables are small.

-- The agent that stands for the servers themselves, at most one per tenant. Its session has node number -1 and never ends.
alter table agents add column server_side boolean not null default false;
create unique index idx_agents_server_side on agents (tenant_id) where server_side;
create index idx_demands_server_side on demands (id) where executor in ('http', 'cloud-run');

create table external_executions (
  job_id         bigint      not null,
  epoch          integer     not null,
  tenant_id      bigint      not null,
  session_id     bigint      not null,
  executor       text        not null,
  phase          text        not null,
  execution_name text,        -- how it is called where it runs: the address to poll, the name of the execution
  cancel_target  text,        -- http: the address to call to end it
  looks          integer     not null default 1, -- times it was taken: the fencing token of what is found
  holder         bigint,      -- incarnation of the node that works on it now
  next_look_at   timestamptz, -- null when it has ended
  put_off_since  timestamptz, -- the other side takes no calls since then
  waits_for      text,        -- why it was put off
  deadline_at    timestamptz, -- end of the run timeout
  created_at     timestamptz not null default clock_timestamp(),
  constraint external_executions_pk primary key (job_id, epoch),
  constraint external_executions_executor_known check (executor in ('http', 'cloud-run')),
  constraint external_executions_phase_known check (phase in ('STARTING', 'RUNNING', 'CANCELLING', 'ENDED')),
  constraint external_executions_looked_at_until_ended check ((next_look_at is null) = (phase = 'ENDED')),
  constraint external_executions_held_until_ended check (holder is null or phase <> 'ENDED')
) with (fillfactor = 70);
create index idx_external_executions_due on external_executions (next_look_at) where next_look_at is not null;
create index idx_external_executions_held on external_executions (holder) where holder is not null;
-- Two attempts may poll one address, but an execution of Cloud Run belongs to one attempt. Addresses can be too long for a tree.
create index idx_external_executions_name on external_executions using hash (execution_name);
create unique index idx_external_executions_cloud_run on external_executions (execution_name) where executor = 'cloud-run';

alter table external_executions enable row level security;
alter table external_executions force row level security;
create policy external_executions_own on external_executions to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy external_executions_engine on external_executions to ${engineRole} using (true) with check (true);

grant select, delete on external_executions to ${appRole};
grant select, insert, update on external_executions to ${engineRole};
