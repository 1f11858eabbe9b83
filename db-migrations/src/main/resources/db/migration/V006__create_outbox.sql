-- The outbox: one row per transaction, tenant and topic, which carries all changes of its kind as an array.
--
-- Writers insert without a position. The holder of the duty `relay` gives positions in the order of `id`; because a
-- change of an aggregate can only commit after the one before it, and ids are taken under the row lock of the
-- aggregate, every snapshot it sees holds a prefix of each aggregate's history: positions are in order per aggregate.
-- Readers follow `position`, which has no gaps that fill later: a round locks the duty's row, so that the next term
-- begins only after the round of the one before it has committed.
-- Big tables: append-only but for the one update that gives the position; retention deletes from the low end in small
-- batches. Autovacuum comes early, because each row leaves one dead version and one dead entry of idx_outbox_unrelayed.

create table outbox (
  id         bigint      not null generated always as identity,
  tenant_id  bigint      not null,
  topic      text        not null,
  items      jsonb       not null,
  created_at timestamptz not null default clock_timestamp(),
  position   bigint,
  constraint outbox_pk primary key (id),
  constraint outbox_items_is_an_array check (jsonb_typeof(items) = 'array')
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_vacuum_cost_delay = 0);
-- Servers built without lz4 compress with pglz: slower, nothing else.
do $$
begin
  alter table outbox alter column items set compression lz4;
exception
  when feature_not_supported then null;
end
$$;
create index idx_outbox_unrelayed on outbox (id) where position is null;
create unique index idx_outbox_position on outbox (position) where position is not null;
create index idx_outbox_tenant_position on outbox (tenant_id, position) where position is not null;
create sequence outbox_position as bigint;

alter table outbox enable row level security;
alter table outbox force row level security;
create policy outbox_own on outbox to ${appRole} using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy outbox_engine on outbox to ${engineRole} using (true) with check (true);

grant select, insert on outbox to ${appRole};
grant select, insert, update, delete on outbox to ${engineRole};
grant usage, select on sequence outbox_position to ${engineRole};
