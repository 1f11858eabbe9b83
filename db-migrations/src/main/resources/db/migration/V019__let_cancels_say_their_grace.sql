-- How long a cancel lets the processes of a held job go on after TERM. It is read with the cancels of a session, by
-- idx_jobs_held, so it survives the agent's reconnect and the node that took the request.
-- Big tables: a column without a default; no row is written.

alter table jobs add column cancel_grace_millis integer; -- null: the spec's
