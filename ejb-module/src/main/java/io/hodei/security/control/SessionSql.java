package io.hodei.security.control;

/** The statements of {@code console_sessions} and {@code console_codes}. */
final class SessionSql {
  private static final String TOKEN_IS_USABLE =
      """
         and t.revoked_at is null
         and (t.expires_at is null or t.expires_at > clock_timestamp())
         and n.disabled_at is null
      """;

  /**
   * In: secret. Out: the session, its token and its tenant, when all three can be used now; and
   * idle_left, the seconds until it ends for want of use.
   */
  static final String VERIFY =
      """
      select s.id as session_id, s.idle_seconds, s.created_at, s.expires_at,
             cast(extract(epoch from s.idle_until - clock_timestamp()) as integer) as idle_left,
             t.id, t.tenant_id, n.name as tenant_name, t.name, t.role, t.installation
        from console_sessions s
        join tokens t on t.id = s.token_id
        join tenants n on n.id = t.tenant_id
       where s.secret_sha256 = :secret
         and s.idle_until > clock_timestamp()
         and s.expires_at > clock_timestamp()
      """
          + TOKEN_IS_USABLE;

  /** In: id. It was used now. */
  static final String USED =
      """
      update console_sessions
         set idle_until = clock_timestamp() + make_interval(secs => idle_seconds)
       where id = :id
      """;

  /** In: tenant, token, keep. Ends those that nobody can use, and the oldest of too many. */
  static final String MAKE_ROOM =
      """
      delete from console_sessions s
       where s.tenant_id = :tenant
         and s.token_id = :token
         and (s.idle_until <= clock_timestamp()
              or s.expires_at <= clock_timestamp()
              or s.id in (select o.id
                            from console_sessions o
                           where o.tenant_id = :tenant
                             and o.token_id = :token
                           order by o.id desc
                          offset :keep))
      """;

  /** In: id, tenant, token, secret, idle, limit (seconds). Out: created_at, expires_at. */
  static final String BEGIN =
      """
      insert into console_sessions (id, tenant_id, token_id, secret_sha256, idle_seconds, idle_until, expires_at)
      values (:id, :tenant, :token, :secret, :idle,
              clock_timestamp() + make_interval(secs => :idle), clock_timestamp() + make_interval(secs => :limit))
      returning created_at, expires_at
      """;

  /** In: tenant, id. Out: id, when there was one. */
  static final String END =
      """
      delete from console_sessions
       where tenant_id = :tenant
         and id = :id
      returning id
      """;

  /** In: tenant, token, keep. */
  static final String MAKE_ROOM_FOR_CODE =
      """
      delete from console_codes c
       where c.tenant_id = :tenant
         and c.token_id = :token
         and (c.expires_at <= clock_timestamp()
              or c.code_sha256 in (select o.code_sha256
                                     from console_codes o
                                    where o.tenant_id = :tenant
                                      and o.token_id = :token
                                    order by o.created_at desc
                                   offset :keep))
      """;

  /** In: code, tenant, token, seconds. Out: expires_at. */
  static final String MAKE_CODE =
      """
      insert into console_codes (code_sha256, tenant_id, token_id, expires_at)
      values (:code, :tenant, :token, clock_timestamp() + make_interval(secs => :seconds))
      returning expires_at
      """;

  /**
   * In: code. Out: the token it was made with and its tenant, when code and token can be used now.
   * Whatever comes of it, the code is gone.
   */
  static final String TAKE_CODE =
      """
      with taken as (
        delete from console_codes
         where code_sha256 = :code
        returning token_id, expires_at)
      select t.id, t.tenant_id, n.name as tenant_name, t.name, t.role, t.installation
        from taken c
        join tokens t on t.id = c.token_id
        join tenants n on n.id = t.tenant_id
       where c.expires_at > clock_timestamp()
      """
          + TOKEN_IS_USABLE;

  /** In: duty, term. Removes what nobody can use any more. */
  static final String FORGET_SESSIONS =
      """
      delete from console_sessions
       where (idle_until <= clock_timestamp() or expires_at <= clock_timestamp())
         and\s""";

  /** In: duty, term. */
  static final String FORGET_CODES =
      """
      delete from console_codes
       where expires_at <= clock_timestamp()
         and\s""";

  private SessionSql() {}
}
