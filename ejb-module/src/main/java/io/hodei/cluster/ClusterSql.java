package io.hodei.cluster;

/** Statements on {@code nodes} and {@code duties}. */
final class ClusterSql {
  /** In: nothing. Waits until no other node takes a number. */
  static final String LOCK_NUMBERS = "select pg_advisory_xact_lock(4801001)";

  /**
   * In: name, url, address, version, incarnation, ttl (seconds). Out: number. A number rests for a
   * minute after its lease ended, so that a late id of its last holder cannot meet a new one.
   */
  static final String TAKE_NUMBER =
      """
      insert into nodes (number, name, url, grid_address, version, incarnation, started_at, renewed_until)
      select n.number, :name, :url, :address, :version, :incarnation, clock_timestamp(), clock_timestamp() + make_interval(secs => :ttl)
        from generate_series(0, 1023) as n(number)
       where not exists (select from nodes x
                          where x.number = n.number
                            and x.renewed_until > clock_timestamp() - interval '1 minute')
       order by n.number
       limit 1
      on conflict (number) do update
         set name = excluded.name,
             url = excluded.url,
             grid_address = excluded.grid_address,
             version = excluded.version,
             incarnation = excluded.incarnation,
             started_at = excluded.started_at,
             renewed_until = excluded.renewed_until
      returning number
      """;

  /** In: number, incarnation, ttl. Changes one row while the lease is still this node's. */
  static final String RENEW_NUMBER =
      """
      update nodes
         set renewed_until = clock_timestamp() + make_interval(secs => :ttl)
       where number = :number
         and incarnation = :incarnation
      """;

  /** In: number, incarnation. */
  static final String RELEASE_NUMBER =
      """
      update nodes
         set renewed_until = clock_timestamp() - interval '1 second'
       where number = :number
         and incarnation = :incarnation
      """;

  /** Out: number, name, url, grid_address, version, started_at of every live node. */
  static final String LIVE_NODES =
      """
      select number, name, url, grid_address, version, started_at
        from nodes
       where renewed_until > clock_timestamp()
       order by number
      """;

  /** In: seconds. Out: the live nodes, and those that were alive so many seconds ago. */
  static final String NODES =
      """
      select number, name, url, version, started_at, renewed_until, renewed_until > clock_timestamp() as alive
        from nodes
       where renewed_until > clock_timestamp() - make_interval(secs => :seconds)
       order by number
      """;

  /** Out: every duty; holder_name is empty when that node is not known any more. */
  static final String DUTIES =
      """
      select d.name, d.holder, coalesce(n.name, '') as holder_name, d.term, d.until, d.until > clock_timestamp() as held
        from duties d
        left join nodes n
          on n.number = d.holder
         and n.incarnation = d.incarnation
       order by d.name
      """;

  /** In: name (a random one). Out: value; the first node's name wins. */
  static final String CLUSTER_NAME =
      """
      with made as (
        insert into settings (key, value, changed_by)
        values ('cluster.name', :name, 'first start')
        on conflict (key) do nothing
        returning value)
      select value from made
      union all
      select value from settings where key = 'cluster.name'
      limit 1
      """;

  /**
   * In: name, node, incarnation, ttl. Out: term, when this node holds the duty now. A term goes up
   * whenever the holder changes or had let it end.
   */
  static final String HOLD_DUTY =
      """
      insert into duties as d (name, holder, incarnation, term, until)
      values (:name, :node, :incarnation, 1, clock_timestamp() + make_interval(secs => :ttl))
      on conflict (name) do update
         set term = case when d.incarnation = excluded.incarnation and d.until > clock_timestamp() then d.term else d.term + 1 end,
             holder = excluded.holder,
             incarnation = excluded.incarnation,
             until = excluded.until
       where d.until <= clock_timestamp()
          or d.incarnation = excluded.incarnation
      returning term
      """;

  /** In: incarnation. Gives all duties back. */
  static final String RELEASE_DUTIES =
      """
      update duties
         set until = clock_timestamp()
       where incarnation = :incarnation
      """;

  private ClusterSql() {}
}
