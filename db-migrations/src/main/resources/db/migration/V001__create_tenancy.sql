-- Tenants, their API tokens and the audit trail.
--
-- Two roles use the database and neither owns a table: ${appRole} serves requests and sees only the rows of the tenant
-- named by the transaction (`set local app.tenant`), ${engineRole} dispatches for all tenants. Every table has forced
-- row-level security from its first day; a transaction that names no tenant sees nothing.
-- Big tables: nothing here grows with the number of jobs.

create function current_tenant() returns bigint
  language sql stable parallel safe
  return cast(nullif(current_setting('app.tenant', true), '') as bigint);

create table tenants (
  id         bigint      not null,
  name       text        not null,
  created_at timestamptz not null default clock_timestamp(),
  disabled_at timestamptz,
  constraint tenants_pk primary key (id),
  constraint tenants_name_unique unique (name),
  constraint tenants_name_is_a_slug check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$')
);

create table tokens (
  id           bigint      not null,
  tenant_id    bigint      not null,
  name         text        not null,
  role         text        not null,
  installation boolean     not null default false,
  secret_sha256 bytea      not null,
  prefix       text        not null,
  created_at   timestamptz not null default clock_timestamp(),
  created_by   bigint,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  version      integer     not null default 1,
  constraint tokens_pk primary key (id),
  constraint tokens_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint tokens_secret_unique unique (secret_sha256),
  constraint tokens_role_known check (role in ('ADMIN', 'OPERATOR', 'SUBMITTER', 'VIEWER', 'AGENT')),
  constraint tokens_only_hashes_are_stored check (octet_length(secret_sha256) = 32)
);
create index idx_tokens_tenant on tokens (tenant_id, id);

-- One chain per tenant: hash = sha256(prev_hash || the row), so that a changed, removed or inserted row is found.
create table audit_entries (
  tenant_id bigint      not null,
  seq       bigint      not null,
  at        timestamptz not null,
  actor_id  bigint,
  actor     text        not null,
  action    text        not null,
  target    text        not null,
  detail    text        not null default '{}',
  prev_hash bytea       not null,
  hash      bytea       not null,
  constraint audit_entries_pk primary key (tenant_id, seq),
  constraint audit_entries_hash_is_sha256 check (octet_length(hash) = 32 and octet_length(prev_hash) = 32)
);

-- The newest link of each tenant's chain; its row lock orders the writers of one tenant.
create table audit_heads (
  tenant_id bigint not null,
  seq       bigint not null,
  hash      bytea  not null,
  constraint audit_heads_pk primary key (tenant_id),
  constraint audit_heads_tenant_fk foreign key (tenant_id) references tenants (id)
);

-- The answer given for an Idempotency-Key, written in the transaction that did the work.
create table idempotency_keys (
  tenant_id   bigint      not null,
  key         text        not null,
  route       text        not null,
  body_sha256 bytea       not null,
  status      smallint    not null,
  response    text        not null,
  created_at  timestamptz not null default clock_timestamp(),
  constraint idempotency_keys_pk primary key (tenant_id, key)
);
create index idx_idempotency_keys_created on idempotency_keys (created_at);

alter table tenants enable row level security;
alter table tenants force row level security;
create policy tenants_own on tenants for select to ${appRole} using (id = current_tenant());
create policy tenants_engine on tenants to ${engineRole} using (true) with check (true);

alter table tokens enable row level security;
alter table tokens force row level security;
create policy tokens_own on tokens to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy tokens_engine on tokens to ${engineRole} using (true) with check (true);

alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy audit_entries_own on audit_entries to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy audit_entries_engine on audit_entries to ${engineRole} using (true) with check (true);

alter table audit_heads enable row level security;
alter table audit_heads force row level security;
create policy audit_heads_own on audit_heads to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy audit_heads_engine on audit_heads to ${engineRole} using (true) with check (true);

alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy idempotency_keys_own on idempotency_keys to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy idempotency_keys_engine on idempotency_keys to ${engineRole} using (true) with check (true);

grant usage on schema public to ${appRole}, ${engineRole};
grant select on tenants to ${appRole};
grant select, insert, update on tenants to ${engineRole};
grant select, insert, update on tokens to ${appRole};
grant select, insert on tokens to ${engineRole};
-- Nobody may change or remove what was audited.
grant select, insert on audit_entries to ${appRole}, ${engineRole};
grant select, insert, update on audit_heads to ${appRole}, ${engineRole};
grant select, insert on idempotency_keys to ${appRole};
grant select, insert, delete on idempotency_keys to ${engineRole};
