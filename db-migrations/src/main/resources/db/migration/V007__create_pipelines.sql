-- Pipelines and their versions. A version is written once; equal content of a pipeline is one version. The tables stay
-- small: people write them.

create table pipelines (
  id            bigint      not null,
  tenant_id     bigint      not null,
  name          text        not null collate "C",
  description   text,
  labels        jsonb       not null default '{}',
  executor_type text        not null,
  current_id    bigint      not null, -- its version that runs unless another is asked for
  current       integer     not null, -- the number of that version
  newest        integer     not null, -- the highest number given so far
  version       integer     not null default 1, -- of this row
  created_at    timestamptz not null default clock_timestamp(),
  updated_at    timestamptz not null default clock_timestamp(),
  constraint pipelines_pk primary key (id),
  constraint pipelines_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint pipelines_name_unique unique (tenant_id, name),
  constraint pipelines_current_is_known check (current between 1 and newest)
);

-- The orchestrator asks for the pipelines of an executor.
create index idx_pipelines_executor_type on pipelines (tenant_id, executor_type, name);

create table pipeline_versions (
  id          bigint      not null,
  tenant_id   bigint      not null,
  pipeline_id bigint      not null,
  number      integer     not null,
  digest      bytea       not null, -- SHA-256 of canonical
  canonical   text        not null, -- JSON
  source      text        not null, -- as it was sent
  source_type text        not null,
  steps       integer     not null,
  created_at  timestamptz not null default clock_timestamp(),
  created_by  text        not null,
  constraint pipeline_versions_pk primary key (id),
  constraint pipeline_versions_pipeline_fk foreign key (pipeline_id) references pipelines (id) on delete cascade,
  constraint pipeline_versions_number_unique unique (pipeline_id, number),
  constraint pipeline_versions_content_unique unique (pipeline_id, digest),
  constraint pipeline_versions_number_positive check (number > 0),
  constraint pipeline_versions_source_known check (source_type in ('YAML', 'JSON'))
);

alter table pipelines enable row level security;
alter table pipelines force row level security;
create policy pipelines_own on pipelines to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy pipelines_engine on pipelines to ${engineRole} using (true) with check (true);

alter table pipeline_versions enable row level security;
alter table pipeline_versions force row level security;
create policy pipeline_versions_own on pipeline_versions to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy pipeline_versions_engine on pipeline_versions to ${engineRole} using (true) with check (true);

grant select, insert, update, delete on pipelines to ${appRole};
grant select on pipelines to ${engineRole};
grant select, insert, delete on pipeline_versions to ${appRole};
grant select on pipeline_versions to ${engineRole};
