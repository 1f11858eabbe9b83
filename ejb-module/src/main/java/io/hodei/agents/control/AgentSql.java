package io.hodei.agents.control;

/** Statements on {@code agents} and {@code agent_sessions}. */
public final class AgentSql {
  /**
   * In: id, tenant, name, pools, labels, executors, slots, version, host. Out: id, state; locks the
   * agent's row.
   */
  static final String KEEP_AGENT =
      """
      insert into agents as a (id, tenant_id, name, pools, labels, executors, slots, agent_version, host)
      values (:id, :tenant, :name, cast(:pools as text[]), cast(:labels as jsonb), cast(:executors as text[]), :slots, :version, cast(:host as jsonb))
      on conflict (tenant_id, name) do update
         set pools = excluded.pools,
             labels = excluded.labels,
             executors = excluded.executors,
             slots = excluded.slots,
             agent_version = excluded.agent_version,
             host = excluded.host,
             seen_at = clock_timestamp(),
             version = a.version + 1
      returning id, state
      """;

  /** In: tenant, pools. */
  static final String KEEP_POOLS =
      """
      insert into pools (tenant_id, name)
      select :tenant, name
        from unnest(cast(:pools as text[])) as p(name)
      on conflict (tenant_id, name) do nothing
      """;

  /**
   * In: agent, ttl, patience (seconds). Out: id, secret_sha256, live (renewed recently) of the
   * agent's open session; unheard (nobody ever proved to know it: it is as it was made, and holds
   * no jobs) and forgotten (unheard for so long that nobody can know it).
   *
   * <p>A renewal always moves {@code renewed_until} beyond the first one, {@link #DOUBT} moves it
   * back.
   */
  static final String OPEN_SESSION_OF =
      """
      with open as (
        select id, secret_sha256, renewed_until,
               generation = 1
                 and renewed_until <= started_at + make_interval(secs => :ttl)
                 and not exists (select from jobs j where j.session_id = agent_sessions.id) as unheard
          from agent_sessions
         where agent_id = :agent
           and ended_at is null
           for update)
      select id, secret_sha256, renewed_until > clock_timestamp() as live, unheard,
             unheard and renewed_until < clock_timestamp() - make_interval(secs => :patience) as forgotten
        from open
      """;

  /**
   * In: id. Takes an unheard session out of work from now on: no claim gives it jobs until its
   * agent renews it.
   */
  static final String DOUBT =
      """
      update agent_sessions
         set renewed_until = clock_timestamp()
       where id = :id
         and renewed_until > clock_timestamp()
      """;

  /** In: id, tenant, agent, secret, node, ttl. */
  static final String INSERT_SESSION =
      """
      with start as materialized (select clock_timestamp() as at)
      insert into agent_sessions (id, tenant_id, agent_id, secret_sha256, node_number, started_at, renewed_until)
      select :id, :tenant, :agent, cast(:secret as bytea), cast(:node as smallint), at, at + make_interval(secs => :ttl)
        from start
      """;

  /** In: id, node, ttl. Out: generation. */
  static final String MOVE_SESSION =
      """
      update agent_sessions
         set node_number = :node,
             generation = generation + 1,
             renewed_until = clock_timestamp() + make_interval(secs => :ttl)
       where id = :id
         and ended_at is null
      returning generation
      """;

  /** In: agent, session. */
  static final String SET_SESSION =
      """
      update agents
         set session_id = :session, seen_at = clock_timestamp()
       where id = :agent
      """;

  /**
   * In: ids, generations, node, ttl. Extends the sessions that are still this node's. Out: id of
   * those, and whether the agent is draining.
   */
  static final String RENEW =
      """
      update agent_sessions s
         set renewed_until = clock_timestamp() + make_interval(secs => :ttl)
        from unnest(cast(:ids as bigint[]), cast(:generations as int[])) as r(id, generation), agents a
       where s.id = r.id
         and s.generation = r.generation
         and s.node_number = :node
         and s.ended_at is null
         and a.id = s.agent_id
      returning s.id, a.state = 'DRAINING' as draining, a.state = 'DISABLED' as disabled
      """;

  /** In: agents, samples (JSON). */
  static final String KEEP_SAMPLES =
      """
      update agents a
         set sample = cast(r.sample as jsonb), seen_at = clock_timestamp()
        from unnest(cast(:agents as bigint[]), cast(:samples as text[])) as r(agent, sample)
       where a.id = r.agent
      """;

  /** Out: id, renewed (microseconds), of every open session that somebody has to renew. */
  static final String OPEN_SESSIONS =
      """
      select id, cast(extract(epoch from renewed_until) * 1000000 as bigint) as renewed
        from agent_sessions
       where ended_at is null
         and node_number >= 0
      """;

  /** In: tenants. Out: tenant_id, session_id of the agents that stand for the servers. */
  static final String SERVER_SESSIONS =
      """
      select a.tenant_id, a.session_id
        from agents a
       where a.server_side
         and a.tenant_id = any(cast(:tenants as bigint[]))
         and a.session_id is not null
      """;

  /** In: ids, tenants. No agent can introduce itself by this name. */
  static final String MAKE_SERVER_AGENTS =
      """
      insert into agents (id, tenant_id, name, pools, executors, slots, agent_version, server_side)
      select id, tenant_id, '(servers)', '{}', '{http,cloud-run}', 100000, '', true
        from unnest(cast(:ids as bigint[]), cast(:tenants as bigint[])) as r(id, tenant_id)
      on conflict (tenant_id, name) do nothing
      """;

  /** In: ids, tenants. Sessions that belong to no node, which nobody can prove or ends. */
  static final String MAKE_SERVER_SESSIONS =
      """
      insert into agent_sessions (id, tenant_id, agent_id, secret_sha256, node_number, renewed_until)
      select r.id, a.tenant_id, a.id, '', -1, '9999-12-31'
        from unnest(cast(:ids as bigint[]), cast(:tenants as bigint[])) as r(id, tenant_id)
        join agents a on a.tenant_id = r.tenant_id and a.server_side
      on conflict (agent_id) where ended_at is null do nothing
      """;

  /** In: tenants. */
  static final String SET_SERVER_SESSIONS =
      """
      update agents a
         set session_id = s.id
        from agent_sessions s
       where a.server_side
         and a.tenant_id = any(cast(:tenants as bigint[]))
         and s.agent_id = a.id
         and s.ended_at is null
         and a.session_id is distinct from s.id
      """;

  /**
   * In: ids, renewals (microseconds, as they were seen), reason. Out: id, agent_id, tenant_id of
   * those that end.
   */
  public static final String END_SESSIONS =
      """
      update agent_sessions s
         set ended_at = clock_timestamp(), end_reason = :reason
        from unnest(cast(:ids as bigint[]), cast(:renewals as bigint[])) as r(id, renewed)
       where s.id = r.id
         and s.ended_at is null
         and (r.renewed = 0 or cast(extract(epoch from s.renewed_until) * 1000000 as bigint) = r.renewed)
      returning s.id, s.agent_id, s.tenant_id
      """;

  /** In: topic, sessions (ended or live). */
  static final String NOTE =
      """
      insert into outbox (tenant_id, topic, items)
      select a.tenant_id, :topic, jsonb_agg(jsonb_build_object('agent', a.id, 'name', a.name))
        from agent_sessions s
        join agents a on a.id = s.agent_id
       where s.id = any(cast(:sessions as bigint[]))
       group by a.tenant_id
      """;

  private AgentSql() {}
}
