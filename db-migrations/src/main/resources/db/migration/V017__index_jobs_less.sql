-- Each entry of an index costs a job about 9 microseconds, and a job writes its entries three times: when it is made, leased
-- and ended. Nothing reads idx_jobs_state_completed. Of idx_jobs_tenant_state nobody needs the states that nearly all jobs
-- pass: held jobs are few and found by idx_jobs_held, succeeded ones are common and found by walking the primary key.
-- Builds the new index while writers of jobs wait: seconds with millions of jobs.

drop index idx_jobs_state_completed;
drop index idx_jobs_tenant_state;
create index idx_jobs_tenant_state on jobs (tenant_id, state, id desc)
  where state in ('SCHEDULED', 'QUEUED', 'BLOCKED', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'EXPIRED');
