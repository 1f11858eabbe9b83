-- Templates and prompts with their versions, and the tools of prompts. A version is written once; the newest is the one
-- that runs. The tables stay small beside those of jobs: people write them.
--
-- Searches by tag and word run in find_templates: under row-level security no index serves a condition that is not
-- leakproof, and neither @> nor @@ is. The function names the tenant itself, from the same setting as the policies.

create table templates (
  id          bigint      not null,
  tenant_id   bigint      not null,
  kind        text        not null,
  name        text        not null collate "C",
  title       text        not null,
  description text,
  tags        text[]      not null default '{}',
  tool        text,                     -- of a prompt, by name: it may be made later
  newest      integer     not null,
  search      tsvector    not null,     -- words of name, title, description and content
  created_at  timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp(),
  constraint templates_pk primary key (id),
  constraint templates_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint templates_name_unique unique (tenant_id, kind, name),
  constraint templates_name_is_a_word check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  constraint templates_kind_known check (kind in ('TEMPLATE', 'PROMPT')),
  constraint templates_prompts_have_a_tool check ((tool is not null) = (kind = 'PROMPT')),
  constraint templates_newest_positive check (newest > 0)
);
-- Ids are in the order of creation.
create index idx_prompts_created_at on templates (tenant_id, kind, id desc);
create index idx_prompts_tags on templates using gin (tags) with (fastupdate = off);
create index idx_prompts_search on templates using gin (search) with (fastupdate = off);

create table template_versions (
  template_id bigint      not null,
  number      integer     not null,
  tenant_id   bigint      not null,
  digest      bytea       not null, -- SHA-256 of document
  document    text        not null, -- canonical JSON
  created_at  timestamptz not null default clock_timestamp(),
  created_by  text        not null,
  constraint template_versions_pk primary key (template_id, number),
  constraint template_versions_template_fk foreign key (template_id) references templates (id) on delete cascade,
  constraint template_versions_number_positive check (number > 0),
  constraint template_versions_digest_is_sha256 check (octet_length(digest) = 32)
);

create table tools (
  tenant_id   bigint      not null,
  name        text        not null collate "C",
  command     text[]      not null,
  environment jsonb       not null default '{}',
  pool        text,
  requires    jsonb       not null default '{}',
  version     integer     not null default 1,
  created_at  timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp(),
  constraint tools_pk primary key (tenant_id, name),
  constraint tools_tenant_fk foreign key (tenant_id) references tenants (id),
  constraint tools_name_is_a_word check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  constraint tools_command_not_empty check (cardinality(command) > 0)
);

alter table templates enable row level security;
alter table templates force row level security;
create policy templates_own on templates to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy templates_engine on templates to ${engineRole} using (true) with check (true);
-- For find_templates, which runs as the owner.
create policy templates_search on templates for select to current_user using (true);

alter table template_versions enable row level security;
alter table template_versions force row level security;
create policy template_versions_own on template_versions to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy template_versions_engine on template_versions to ${engineRole} using (true) with check (true);

alter table tools enable row level security;
alter table tools force row level security;
create policy tools_own on tools to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy tools_engine on tools to ${engineRole} using (true) with check (true);

-- Ids of the tenant of the transaction, the newest first. Empty names, tags and words ask for nothing; a plan is made for
-- each call, so that what is not asked for does not stand in the way of an index.
create function find_templates(
    of_kind text, of_name text, of_prefix text, with_tags text[], with_words text, before bigint, most integer)
  returns setof bigint
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_custom_plan
  as $$
begin
  return query
    select t.id
      from public.templates t
     where t.tenant_id = public.current_tenant()
       and t.kind = of_kind
       and (of_name = '' or t.name = of_name)
       and (of_prefix = '' or starts_with(t.name, of_prefix))
       and (with_tags = '{}' or t.tags @> with_tags)
       and (with_words = '' or t.search @@ plainto_tsquery('simple', with_words))
       and (before = 0 or t.id < before)
     order by t.id desc
     limit most;
end;
$$;
revoke execute on function find_templates(text, text, text, text[], text, bigint, integer) from public;

grant execute on function find_templates(text, text, text, text[], text, bigint, integer) to ${appRole};
grant select, insert, update, delete on templates to ${appRole};
grant select on templates to ${engineRole};
grant select, insert, delete on template_versions to ${appRole};
grant select on template_versions to ${engineRole};
grant select, insert, update, delete on tools to ${appRole};
grant select on tools to ${engineRole};
