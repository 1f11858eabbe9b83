package io.hodei.logs;

/** The statements by which a tenant reads output. */
final class ReadingSql {
  /** In: tenant, job. Out: state, epoch, version, exit_code, signal, reason. */
  static final String HEAD =
      """
      select state, epoch, version, exit_code, signal, reason
        from jobs
       where tenant_id = :tenant
         and id = :job
      """;

  /**
   * In: tenant, job, epoch (0: all). Out: epoch, state, and length, sha256, dropped per stream. An
   * ended attempt without a row wrote nothing; should there be chunks of it, they are no proven
   * log.
   */
  static final String INFOS =
      """
      select e.epoch,
             coalesce(l.state,
               case when j.epoch = e.epoch and j.state in ('LEASED', 'RUNNING') then 'OPEN'
                    when s.out_length + s.err_length = 0 then 'COMPLETE'
                    else 'TRUNCATED' end) as state,
             coalesce(l.stdout_length, s.out_length) as stdout_length,
             l.stdout_sha256,
             coalesce(l.stdout_dropped, 0) as stdout_dropped,
             coalesce(l.stderr_length, s.err_length) as stderr_length,
             l.stderr_sha256,
             coalesce(l.stderr_dropped, 0) as stderr_dropped
        from jobs j
       cross join lateral generate_series(1, j.epoch) as e(epoch)
        left join attempt_logs l
          on l.job_id = j.id
         and l.epoch = e.epoch
       cross join lateral (
         select coalesce((select c.position + octet_length(c.data)
                            from log_chunks c
                           where c.job_id = j.id
                             and c.epoch = e.epoch
                             and c.stream = 1
                           order by c.position desc
                           limit 1), 0) as out_length,
                coalesce((select c.position + octet_length(c.data)
                            from log_chunks c
                           where c.job_id = j.id
                             and c.epoch = e.epoch
                             and c.stream = 2
                           order by c.position desc
                           limit 1), 0) as err_length) s
       where j.tenant_id = :tenant
         and j.id = :job
         and (cast(:epoch as integer) = 0 or e.epoch = :epoch)
       order by e.epoch
      """;

  /** In: tenant, job, epoch, stream, offset, end, rows. Out: position, data. */
  static final String RANGE =
      """
      select position, data
        from log_chunks
       where tenant_id = :tenant
         and job_id = :job
         and epoch = :epoch
         and stream = :stream
         and position < :end
         and position >= coalesce((select max(position)
                                     from log_chunks
                                    where job_id = :job
                                      and epoch = :epoch
                                      and stream = :stream
                                      and position <= :offset), 0)
       order by position
       limit :rows
      """;

  /** In: tenant, job, epoch, offset, end, rows. Out: position (over both streams), data. */
  static final String RANGE_OF_BOTH =
      """
      select position, data
        from (select sequence, data,
                     octet_length(data) as length,
                     sum(octet_length(data)) over (order by sequence) - octet_length(data) as position
                from log_chunks
               where tenant_id = :tenant
                 and job_id = :job
                 and epoch = :epoch) c
       where position < :end
         and position + length > :offset
       order by position
       limit :rows
      """;

  /** In: tenant, job, epoch, after, bytes, rows. Out: sequence, stream, position, read_at, data. */
  static final String CHUNKS =
      """
      select sequence, stream, position, read_at, data
        from (select c.*,
                     sum(octet_length(data)) over (order by sequence) - octet_length(data) as before
                from (select sequence, stream, position, read_at, data
                        from log_chunks
                       where tenant_id = :tenant
                         and job_id = :job
                         and epoch = :epoch
                         and sequence > :after
                       order by sequence
                       limit :rows) c) w
       where before < :bytes
       order by sequence
      """;

  /** In: tenant, jobs, epochs, sequences, versions. Out: job_id. */
  static final String NEWS =
      """
      select distinct g.job_id
        from unnest(cast(:jobs as bigint[]), cast(:epochs as integer[]),
                    cast(:sequences as integer[]), cast(:versions as integer[]))
          as g(job_id, epoch, sequence, version)
        left join jobs j
          on j.id = g.job_id
         and j.tenant_id = :tenant
       where j.version is distinct from g.version
          or exists (select
                       from log_chunks c
                      where c.tenant_id = :tenant
                        and c.job_id = g.job_id
                        and c.epoch = g.epoch
                        and c.sequence > g.sequence)
      """;

  /** In: tenant, job. */
  static final String DELETE_CHUNKS =
      """
      delete from log_chunks
       where tenant_id = :tenant
         and job_id = :job
      """;

  /** In: tenant, job. */
  static final String DELETE_SEALS =
      """
      delete from attempt_logs
       where tenant_id = :tenant
         and job_id = :job
      """;

  private ReadingSql() {}
}
