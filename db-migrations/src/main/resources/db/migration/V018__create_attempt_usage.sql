-- What an attempt used over its life: CPU time and memory per step, as its agent measured them. One row per attempt that ran
-- for more than a second or two, of at most 120 points, written again while it runs: each picture holds the whole series.
-- Big tables: at most about 1.5 KB per such attempt, one index; rows go with their job. The rows of running attempts are
-- rewritten every 5 to 60 s, so pages keep room for that.

create table attempt_usage (
  job_id         bigint    not null,
  epoch          integer   not null,
  tenant_id      bigint    not null,
  step_millis    integer   not null, -- what each point covers
  covered_millis bigint    not null, -- what all of them cover; the last one may cover less than a step
  cpu_permille   integer[] not null, -- thousandths of a core
  memory_bytes   bigint[]  not null, -- the most in the step
  constraint attempt_usage_pk primary key (job_id, epoch),
  constraint attempt_usage_points_in_range check (cardinality(cpu_permille) between 1 and 120
    and cardinality(memory_bytes) = cardinality(cpu_permille)),
  constraint attempt_usage_covered_by_points check (step_millis > 0
    and covered_millis > cast(step_millis as bigint) * (cardinality(cpu_permille) - 1)
    and covered_millis <= cast(step_millis as bigint) * cardinality(cpu_permille))
) with (fillfactor = 50);

alter table attempt_usage enable row level security;
alter table attempt_usage force row level security;
create policy attempt_usage_own on attempt_usage to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy attempt_usage_engine on attempt_usage to ${engineRole} using (true) with check (true);

grant select, delete on attempt_usage to ${appRole};
grant select, insert, update on attempt_usage to ${engineRole};
