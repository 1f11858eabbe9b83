-- A tick may start a run instead of a job. Without a foreign key, as with jobs: what was made may be removed first.

alter table schedule_firings add column run_id bigint;
alter table schedule_firings add constraint schedule_firings_one_thing check (job_id is null or run_id is null);
