-- The output of attempts, in the chunks in which the agent read it.
-- Big tables: append-only and keyed by job id, so that it can be partitioned by range of the job's id. Chunks are large
-- (up to 256 KiB), so rows and index entries are few; a chunk over 2 KB is kept outside of the row, and lengths are
-- counted without reading it.

create table log_chunks (
  job_id    bigint      not null,
  epoch     integer     not null,
  sequence  integer     not null, -- 0, 1, 2, ... over both streams
  tenant_id bigint      not null,
  stream    smallint    not null, -- 1 stdout, 2 stderr
  position  bigint      not null, -- of the first byte, in its own stream
  data      bytea       not null,
  read_at   timestamptz not null,
  constraint log_chunks_pk primary key (job_id, epoch, sequence),
  constraint log_chunks_stream_known check (stream in (1, 2)),
  constraint log_chunks_position_not_negative check (position >= 0 and sequence >= 0),
  constraint log_chunks_data_in_range check (octet_length(data) between 1 and 262144)
);
-- A range of one stream begins at its offset.
create index idx_log_chunks_range on log_chunks (job_id, epoch, stream, position);
-- Servers built without lz4 compress with pglz: slower, nothing else.
do $$
begin
  alter table log_chunks alter column data set compression lz4;
exception
  when feature_not_supported then null;
end
$$;

-- The sealed log of an attempt: written once, when its end was accepted and lengths and digests agreed (COMPLETE), or
-- when the attempt was lost and what is stored is a prefix of what it wrote (TRUNCATED). An attempt that ended and wrote
-- nothing has no row.
create table attempt_logs (
  job_id        bigint   not null,
  epoch         integer  not null,
  tenant_id     bigint   not null,
  state         text     not null,
  chunks        integer  not null,
  stdout_length bigint   not null,
  stdout_sha256 bytea,
  stdout_dropped bigint  not null default 0,
  stderr_length bigint   not null,
  stderr_sha256 bytea,
  stderr_dropped bigint  not null default 0,
  constraint attempt_logs_pk primary key (job_id, epoch),
  constraint attempt_logs_state_known check (state in ('COMPLETE', 'TRUNCATED'))
);

alter table log_chunks enable row level security;
alter table log_chunks force row level security;
create policy log_chunks_own on log_chunks to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy log_chunks_engine on log_chunks to ${engineRole} using (true) with check (true);

alter table attempt_logs enable row level security;
alter table attempt_logs force row level security;
create policy attempt_logs_own on attempt_logs to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy attempt_logs_engine on attempt_logs to ${engineRole} using (true) with check (true);

grant select, delete on log_chunks to ${appRole};
grant select, insert, delete on log_chunks to ${engineRole};
grant select, delete on attempt_logs to ${appRole};
grant select, insert, delete on attempt_logs to ${engineRole};
