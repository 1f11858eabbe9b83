package io.hodei.agents.control;

/** Statements that show agents and pools, and change what people may change of them. */
final class ListSql {
  /** In: tenant, id (0: all), before (0: from the newest), limit. The newest first. */
  static final String AGENTS =
      """
      select a.id, a.name, a.pools, a.labels, a.executors, a.slots, a.agent_version, a.host, a.sample, a.seen_at, a.created_at,
             s.node_number, s.id as session_id, s.started_at as connected_at,
             case when a.state = 'DISABLED' then 'DISABLED'
                  when s.renewed_until is null or s.renewed_until < clock_timestamp() then 'OFFLINE'
                  when a.state = 'DRAINING' then 'DRAINING'
                  else 'ONLINE' end as state,
             (select count(*) from jobs j where j.session_id = s.id) as running
        from agents a
        left join agent_sessions s on s.id = a.session_id and s.ended_at is null
       where a.tenant_id = :tenant
         and (a.id = :id or (:id = 0 and not a.server_side))
         and (:before = 0 or a.id < :before)
       order by a.id desc
       limit :limit
      """;

  /** In: tenant, id, state. Out: id of the agent that changed or already was so. */
  static final String SET_STATE =
      """
      with changed as (
        update agents
           set state = :state, version = version + 1
         where tenant_id = :tenant
           and id = :id
        returning id, name),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select :tenant, :topic, jsonb_build_array(jsonb_build_object('agent', id, 'name', name)) from changed)
      select id from changed
      """;

  /** In: tenant, name (empty: all). */
  static final String POOLS =
      """
      select p.name, p.state, p.placement, p.reason,
             (select count(*) from jobs j join demands d on d.id = j.demand_id
               where d.tenant_id = p.tenant_id and d.pool = p.name and j.session_id is not null) as running,
             (select count(*) from agents a join agent_sessions s on s.id = a.session_id
               where a.tenant_id = p.tenant_id and p.name = any(a.pools) and s.ended_at is null and s.renewed_until > clock_timestamp()) as agents,
             q.high, q.normal, q.low
        from pools p
       cross join lateral (
         select coalesce(sum(c.n) filter (where c.lane = 2), 0) as high,
                coalesce(sum(c.n) filter (where c.lane = 1), 0) as normal,
                coalesce(sum(c.n) filter (where c.lane = 0), 0) as low
           from demands d
          cross join lateral (
            select l.lane, (select count(*) from (
                     select from jobs j
                      where j.demand_id = d.id and j.state = 'QUEUED' and j.level between l.lane * 10 and l.lane * 10 + 9
                      limit 100000) x) as n
              from (values (0), (1), (2)) l(lane)) c
          where d.tenant_id = p.tenant_id and d.pool = p.name) q
       where p.tenant_id = :tenant
         and (:name = '' or p.name = :name)
       order by p.name
      """;

  /** In: tenant, name, state (empty: as it is), placement (empty: as it is), reason. Out: name. */
  static final String SET_POOL =
      """
      with changed as (
        update pools
           set state = coalesce(nullif(:state, ''), state),
               placement = coalesce(nullif(:placement, ''), placement),
               reason = case when :state = '' then reason else cast(:reason as text) end,
               version = version + 1
         where tenant_id = :tenant
           and name = :name
        returning name, state),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select :tenant, 'pool.changed', jsonb_build_array(jsonb_build_object('pool', name, 'state', state)) from changed)
      select name from changed
      """;

  private ListSql() {}
}
