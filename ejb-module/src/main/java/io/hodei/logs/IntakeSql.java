package io.hodei.logs;

/** The statements by which output is stored and sealed. */
final class IntakeSql {
  /**
   * In: jobs, epochs, sessions, sequences, streams, positions, data, lines, times (one element per
   * piece). Out: job_id, epoch of the attempts that do not hold their job. Compares as EngineSql
   * does, so that the plan starts from the ids. The shared lock keeps an attempt from ending, and
   * its log from being sealed, between the look and the insert.
   */
  static final String APPEND =
      """
      with wanted as (
        select distinct job_id, epoch, session_id
          from unnest(cast(:jobs as bigint[]), cast(:epochs as integer[]), cast(:sessions as bigint[]))
            as w(job_id, epoch, session_id)),
      holding as materialized (
        select j.id, j.epoch, j.session_id, j.tenant_id
          from jobs j
          join wanted w
            on w.job_id = j.id
           and w.epoch = j.epoch
           and w.session_id is not distinct from j.session_id
         where j.state is not distinct from 'LEASED'
            or j.state is not distinct from 'RUNNING'
         order by j.id
           for share of j),
      stored as (
        insert into log_chunks (job_id, epoch, sequence, tenant_id, stream, position, data, lines, read_at)
        select g.job_id, g.epoch, g.sequence, h.tenant_id, g.stream, g.position, g.data, g.lines,
               timestamptz 'epoch' + g.read_at * interval '1 microsecond'
          from unnest(cast(:jobs as bigint[]), cast(:epochs as integer[]), cast(:sessions as bigint[]),
                      cast(:sequences as integer[]), cast(:streams as smallint[]),
                      cast(:positions as bigint[]), cast(:data as bytea[]), cast(:lines as integer[]), cast(:times as bigint[]))
            as g(job_id, epoch, session_id, sequence, stream, position, data, lines, read_at)
          join holding h
            on h.id = g.job_id
           and h.epoch = g.epoch
           and h.session_id = g.session_id
            on conflict do nothing)
      select distinct w.job_id, w.epoch
        from wanted w
       where not exists (select
                           from holding h
                          where h.id = w.job_id
                            and h.epoch = w.epoch
                            and h.session_id = w.session_id)
      """;

  /**
   * In: jobs, epochs, chunks, outs, errs (lengths), digest (whether to compute digests). Out:
   * job_id, epoch, fits (chunks, lengths, order), out_sha256, err_sha256. Digests are computed only
   * of what fits, so that a wrong summary of a huge log costs nothing.
   */
  static final String COMPARE =
      """
      select g.job_id, g.epoch, c.fits,
             case when c.fits and :digest then (
               select sha256(string_agg(d.data, cast('' as bytea) order by d.sequence))
                 from log_chunks d
                where d.job_id = g.job_id
                  and d.epoch = g.epoch
                  and d.stream = 1) end as out_sha256,
             case when c.fits and :digest then (
               select sha256(string_agg(d.data, cast('' as bytea) order by d.sequence))
                 from log_chunks d
                where d.job_id = g.job_id
                  and d.epoch = g.epoch
                  and d.stream = 2) end as err_sha256
        from unnest(cast(:jobs as bigint[]), cast(:epochs as integer[]), cast(:chunks as integer[]),
                    cast(:outs as bigint[]), cast(:errs as bigint[]))
          as g(job_id, epoch, chunks, out_length, err_length)
       cross join lateral (
         select count(*) = g.chunks
                  and coalesce(sum(n.length) filter (where n.stream = 1), 0) = g.out_length
                  and coalesce(sum(n.length) filter (where n.stream = 2), 0) = g.err_length
                  and coalesce(bool_and(n.sequence = n.number and n.position = n.before), true) as fits
           from (select stream, sequence, position, octet_length(data) as length,
                        row_number() over (order by sequence) - 1 as number,
                        coalesce(sum(octet_length(data)) over (
                          partition by stream
                          order by sequence
                          rows between unbounded preceding and 1 preceding), 0) as before
                   from log_chunks
                  where job_id = g.job_id
                    and epoch = g.epoch) n) c
      """;

  /** In: job, epoch, after, rows. Out: sequence, stream, data. */
  static final String PORTION =
      """
      select sequence, stream, data
        from log_chunks
       where job_id = :job
         and epoch = :epoch
         and sequence > :after
       order by sequence
       limit :rows
      """;

  /** In: jobs, epochs, chunks, and length, sha256 and dropped of both streams. */
  static final String COMPLETE =
      """
      insert into attempt_logs (job_id, epoch, tenant_id, state, chunks,
        stdout_length, stdout_sha256, stdout_dropped, stderr_length, stderr_sha256, stderr_dropped)
      select g.job_id, g.epoch, j.tenant_id, 'COMPLETE', g.chunks,
             g.out_length, nullif(g.out_sha256, cast('' as bytea)), g.out_dropped,
             g.err_length, nullif(g.err_sha256, cast('' as bytea)), g.err_dropped
        from unnest(cast(:jobs as bigint[]), cast(:epochs as integer[]), cast(:chunks as integer[]),
                    cast(:outs as bigint[]), cast(:outShas as bytea[]), cast(:outDropped as bigint[]),
                    cast(:errs as bigint[]), cast(:errShas as bytea[]), cast(:errDropped as bigint[]))
          as g(job_id, epoch, chunks, out_length, out_sha256, out_dropped, err_length, err_sha256, err_dropped)
        join jobs j
          on j.id = g.job_id
          on conflict do nothing
      """;

  /** In: jobs, epochs. */
  static final String FORGET =
      """
      delete from log_chunks c
       using unnest(cast(:jobs as bigint[]), cast(:epochs as integer[])) as g(job_id, epoch)
       where c.job_id = g.job_id
         and c.epoch = g.epoch
      """;

  /** In: jobs, epochs. Removes what lies behind a gap, so that a prefix is left, and marks it. */
  static final String TRUNCATE =
      """
      with given as (
        select distinct job_id, epoch
          from unnest(cast(:jobs as bigint[]), cast(:epochs as integer[])) as g(job_id, epoch)),
      numbered as materialized (
        select c.job_id, c.epoch, c.sequence, c.stream, octet_length(c.data) as length,
               c.sequence = row_number() over (partition by c.job_id, c.epoch order by c.sequence) - 1 as kept
          from given g
          join log_chunks c
            on c.job_id = g.job_id
           and c.epoch = g.epoch),
      removed as (
        delete from log_chunks c
         using numbered n
         where c.job_id = n.job_id
           and c.epoch = n.epoch
           and c.sequence = n.sequence
           and not n.kept)
      insert into attempt_logs (job_id, epoch, tenant_id, state, chunks, stdout_length, stderr_length)
      select g.job_id, g.epoch, j.tenant_id, 'TRUNCATED', count(n.sequence),
             coalesce(sum(n.length) filter (where n.stream = 1), 0),
             coalesce(sum(n.length) filter (where n.stream = 2), 0)
        from given g
        join jobs j
          on j.id = g.job_id
        left join numbered n
          on n.job_id = g.job_id
         and n.epoch = g.epoch
         and n.kept
       group by g.job_id, g.epoch, j.tenant_id
          on conflict do nothing
      """;

  private IntakeSql() {}
}
