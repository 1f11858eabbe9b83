-- Logins of the console, and the one-time codes that begin them.
--
-- Only hashes are stored. A session is as good as the token it came from: it is looked up together with its token and its
-- tenant, so that a revoked, expired or disabled one ends it in the same moment. A code is taken by one delete … returning.
-- Big tables: nothing here grows with the number of jobs; each token has a bounded number of sessions and codes.

create table console_sessions (
  id            bigint      not null,
  tenant_id     bigint      not null,
  token_id      bigint      not null,
  secret_sha256 bytea       not null,
  idle_seconds  integer     not null,
  idle_until    timestamptz not null,
  created_at    timestamptz not null default clock_timestamp(),
  expires_at    timestamptz not null,
  constraint console_sessions_pk primary key (id),
  constraint console_sessions_token_fk foreign key (token_id) references tokens (id),
  constraint console_sessions_secret_unique unique (secret_sha256),
  constraint console_sessions_only_hashes_are_stored check (octet_length(secret_sha256) = 32),
  constraint console_sessions_idle_positive check (idle_seconds > 0)
) with (fillfactor = 70);
create index idx_console_sessions_token on console_sessions (token_id, id desc);

create table console_codes (
  code_sha256 bytea       not null,
  tenant_id   bigint      not null,
  token_id    bigint      not null,
  created_at  timestamptz not null default clock_timestamp(),
  expires_at  timestamptz not null,
  constraint console_codes_pk primary key (code_sha256),
  constraint console_codes_token_fk foreign key (token_id) references tokens (id),
  constraint console_codes_only_hashes_are_stored check (octet_length(code_sha256) = 32)
);
create index idx_console_codes_token on console_codes (token_id, created_at desc);

-- The audit trail is read by time, and by who or what.
create index idx_audit_entries_at on audit_entries (tenant_id, at, seq);
create index idx_audit_entries_action on audit_entries (tenant_id, action, seq desc);
create index idx_audit_entries_actor on audit_entries (tenant_id, actor, seq desc);

alter table console_sessions enable row level security;
alter table console_sessions force row level security;
create policy console_sessions_own on console_sessions to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy console_sessions_engine on console_sessions to ${engineRole} using (true) with check (true);

alter table console_codes enable row level security;
alter table console_codes force row level security;
create policy console_codes_own on console_codes to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy console_codes_engine on console_codes to ${engineRole} using (true) with check (true);

grant select, insert, delete on console_sessions to ${appRole};
grant select, update, delete on console_sessions to ${engineRole};
grant select, insert, delete on console_codes to ${appRole};
grant select, delete on console_codes to ${engineRole};
