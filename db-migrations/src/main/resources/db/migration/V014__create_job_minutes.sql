-- What jobs did in each minute, per tenant, for pictures of the last hour: asking the jobs themselves would cost more the
-- more there are.
--
-- The holder of the duty `overview` counts the rows of the outbox behind the position it has counted up to; count and
-- position change in one transaction, so each event is counted once, whoever counts. Running and queued jobs are sampled.
-- Big tables: a row per tenant and minute, and one per bucket of start times; they are removed after two hours.

create table job_minutes (
  tenant_id bigint      not null,
  minute    timestamptz not null,
  submitted bigint      not null default 0,
  started   bigint      not null default 0,
  succeeded bigint      not null default 0,
  failed    bigint      not null default 0, -- FAILED and TIMED_OUT
  stopped   bigint      not null default 0, -- CANCELLED and EXPIRED
  running   bigint,                         -- not sampled: null
  queued    bigint,
  constraint job_minutes_pk primary key (tenant_id, minute)
) with (fillfactor = 50);

-- From submit (or the time the job was meant for) to start, in steps of the square root of two from one millisecond on.
create table job_start_times (
  tenant_id bigint      not null,
  minute    timestamptz not null,
  pool      text        not null collate "C",
  bucket    smallint    not null,
  jobs      bigint      not null,
  constraint job_start_times_pk primary key (tenant_id, minute, pool, bucket),
  constraint job_start_times_bucket_known check (bucket between 0 and 63)
) with (fillfactor = 50);

alter table job_minutes enable row level security;
alter table job_minutes force row level security;
create policy job_minutes_own on job_minutes for select to ${appRole} using (tenant_id = current_tenant());
create policy job_minutes_engine on job_minutes to ${engineRole} using (true) with check (true);

alter table job_start_times enable row level security;
alter table job_start_times force row level security;
create policy job_start_times_own on job_start_times for select to ${appRole} using (tenant_id = current_tenant());
create policy job_start_times_engine on job_start_times to ${engineRole} using (true) with check (true);

grant select on job_minutes, job_start_times to ${appRole};
grant select, insert, update, delete on job_minutes, job_start_times to ${engineRole};
