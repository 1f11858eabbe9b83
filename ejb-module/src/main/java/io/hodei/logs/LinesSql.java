package io.hodei.logs;

/** The statements by which lines of a log are found. The stream 0 stands for both. */
final class LinesSql {
  /** Each chunk with what lies before it. Only lengths are read, no data. */
  private static final String PLACED =
      """
      select c.sequence, c.lines, c.data, c.bytes_before, c.lines_before
        from (select sequence, lines, data,
                     coalesce(sum(octet_length(data)) over w, 0) as bytes_before,
                     coalesce(sum(lines) over w, 0) as lines_before
                from log_chunks
               where tenant_id = :tenant
                 and job_id = :job
                 and epoch = :epoch
                 and (:stream = 0 or stream = :stream)
              window w as (order by sequence rows between unbounded preceding and 1 preceding)) c
      """;

  /** In: tenant, job, epoch, stream, ends. The chunk in which so many lines have ended. */
  static final String CHUNK_OF_LINE =
      PLACED
          + """
             where c.lines_before + c.lines >= :ends
             order by c.bytes_before
             limit 1
            """;

  /** In: tenant, job, epoch, stream, offset. The chunk with this byte, or the last one. */
  static final String CHUNK_OF_OFFSET =
      PLACED
          + """
             where c.bytes_before <= :offset
             order by c.bytes_before desc
             limit 1
            """;

  /** In: tenant, job, epoch, stream. Out: ended, how many lines have ended. */
  static final String TOTAL =
      """
      select coalesce(sum(lines), 0) as ended
        from log_chunks
       where tenant_id = :tenant
         and job_id = :job
         and epoch = :epoch
         and (:stream = 0 or stream = :stream)
      """;

  /** In: tenant, job, epoch, stream, after, bytes, rows. Out: sequence, lines, data. */
  static final String PORTION =
      """
      select sequence, lines, data
        from (select c.*, sum(octet_length(data)) over (order by sequence) - octet_length(data) as before
                from (select sequence, lines, data
                        from log_chunks
                       where tenant_id = :tenant
                         and job_id = :job
                         and epoch = :epoch
                         and (:stream = 0 or stream = :stream)
                         and sequence > :after
                       order by sequence
                       limit :rows) c) w
       where before < :bytes
       order by sequence
      """;

  private LinesSql() {}
}
