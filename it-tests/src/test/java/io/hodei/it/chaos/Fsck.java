package io.hodei.it.chaos;

import io.hodei.it.testing.Database;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through the whole database for what must never be, when no job is under way any more. Each
 * check is one query that finds the rows that break it.
 */
enum Fsck {
  EVERY_JOB_HAS_ENDED(
      """
      select id, state
        from jobs
       where completed_at is null
         and state <> 'SCHEDULED'
      """),

  NOTHING_IS_HELD_WITHOUT_A_LIVE_SESSION(
      """
      select j.id, j.state, j.session_id
        from jobs j
       where j.session_id is not null
         and not exists (select
                           from agent_sessions s
                          where s.id = j.session_id
                            and s.ended_at is null
                            and s.renewed_until > clock_timestamp())
      """),

  NO_ATTEMPT_FOLLOWS_AN_ACCEPTED_RESULT(
      """
      select a.job_id, a.epoch, a.state
        from attempts a
       where a.state in ('SUCCEEDED', 'CANCELLED')
         and exists (select from attempts later where later.job_id = a.job_id and later.epoch > a.epoch)
      """),

  THE_LAST_ATTEMPT_SAYS_WHAT_THE_JOB_SAYS(
      """
      select j.id, j.state, a.state
        from jobs j
        join attempts a on a.job_id = j.id and a.epoch = j.epoch
       where (j.state in ('SUCCEEDED', 'FAILED') or a.state = 'SUCCEEDED')
         and j.state <> a.state
         and not (j.state = 'FAILED' and a.state = 'LOST')
      """),

  EPOCHS_COUNT_THE_ATTEMPTS(
      """
      select j.id, j.epoch, count(a.epoch), min(a.epoch), max(a.epoch)
        from jobs j
        left join attempts a on a.job_id = j.id
       where j.completed_at is not null
       group by j.id, j.epoch
      having count(a.epoch) <> j.epoch
          or coalesce(min(a.epoch), 1) <> 1
          or coalesce(max(a.epoch), 0) <> j.epoch
      """),

  ONLY_FAILURES_SPEND_RETRIES(
      """
      select j.id, j.failures, count(a.epoch)
        from jobs j
        left join attempts a on a.job_id = j.id and a.state in ('FAILED', 'TIMED_OUT')
       group by j.id, j.failures
      having count(a.epoch) <> j.failures
      """),

  LOSSES_ARE_LOST_ATTEMPTS(
      """
      select j.id, j.losses, count(a.epoch)
        from jobs j
        left join attempts a on a.job_id = j.id and a.state = 'LOST'
       group by j.id, j.losses
      having count(a.epoch) < j.losses
      """),

  AN_ATTEMPT_BEGINS_AFTER_THE_ONE_BEFORE(
      """
      select a.job_id, a.epoch, a.leased_at, before.epoch, before.finished_at
        from attempts a
        join attempts before on before.job_id = a.job_id and before.epoch < a.epoch
       where a.leased_at < before.finished_at
          or a.finished_at < a.leased_at
          or a.started_at not between a.leased_at and a.finished_at
      """),

  EVERY_JOB_WAS_CREATED_ONCE_AND_ENDED_ONCE(
      """
      select j.id, j.state, count(e.topic) filter (where e.topic = 'job.created'), count(e.topic) filter (where e.topic = 'job.ended')
        from jobs j
        left join (select cast(item ->> 'job' as bigint) as job, topic
                     from outbox, json_array_elements(items) as item
                    where topic in ('job.created', 'job.ended')) e on e.job = j.id
       group by j.id, j.state, j.completed_at
      having count(e.topic) filter (where e.topic = 'job.created') <> 1
          or count(e.topic) filter (where e.topic = 'job.ended') <> case when j.completed_at is null then 0 else 1 end
      """),

  EVERY_LEASE_WAS_TOLD(
      """
      select j.id, j.epoch, count(e.epoch)
        from jobs j
        left join (select distinct cast(item ->> 'job' as bigint) as job, cast(item ->> 'epoch' as int) as epoch
                     from outbox, json_array_elements(items) as item
                    where topic = 'job.leased') e on e.job = j.id
       group by j.id, j.epoch
      having count(e.epoch) <> j.epoch
      """),

  EVENTS_OF_A_JOB_ARE_IN_ORDER(
      """
      select e.job, array_agg(e.topic order by e.position, e.nr)
        from (select cast(item ->> 'job' as bigint) as job, topic, position, nr
                from outbox, json_array_elements(items) with ordinality as i(item, nr)
               where topic like 'job.%' and topic not in ('job.deleted', 'job.changed')) e
       group by e.job
      having (array_agg(e.topic order by e.position, e.nr))[1] <> 'job.created'
          or (count(*) filter (where e.topic = 'job.ended') > 0
              and (array_agg(e.topic order by e.position desc, e.nr desc))[1] <> 'job.ended')
      """),

  EVERY_EVENT_HAS_A_PLACE(
      """
      select id, topic
        from outbox
       where position is null
         and created_at < clock_timestamp() - interval '10 seconds'
      """),

  STORED_OUTPUT_HAS_NO_GAPS(
      """
      select c.job_id, c.epoch, c.stream
        from (select job_id, epoch, stream, position, octet_length(data) as length,
                     coalesce(lag(position + octet_length(data)) over (partition by job_id, epoch, stream order by position), 0) as expected
                from log_chunks) c
       where c.position <> c.expected
       group by c.job_id, c.epoch, c.stream
      """),

  SEALED_LENGTHS_ARE_THE_STORED_ONES(
      """
      select l.job_id, l.epoch, l.state, l.stdout_length, l.stderr_length
        from attempt_logs l
        left join (select job_id, epoch,
                          coalesce(sum(octet_length(data)) filter (where stream = 1), 0) as stdout,
                          coalesce(sum(octet_length(data)) filter (where stream = 2), 0) as stderr
                     from log_chunks
                    group by job_id, epoch) c on c.job_id = l.job_id and c.epoch = l.epoch
       where coalesce(c.stdout, 0) <> l.stdout_length
          or coalesce(c.stderr, 0) <> l.stderr_length
      """),

  OUTPUT_OF_AN_ACCEPTED_RESULT_IS_COMPLETE(
      """
      select a.job_id, a.epoch, a.state, l.state
        from attempts a
        join attempt_logs l on l.job_id = a.job_id and l.epoch = a.epoch
       where a.state in ('SUCCEEDED', 'FAILED')
         and l.state <> 'COMPLETE'
      """);

  private final String sql;

  Fsck(String sql) {
    this.sql = sql;
  }

  /** The rows that break this check. */
  List<String> violations(Database database) {
    return database.texts(sql);
  }

  /** What all checks find, each with the name of the check in front. */
  static List<String> all(Database database) {
    List<String> found = new ArrayList<>();
    for (Fsck check : values()) {
      check.violations(database).forEach(row -> found.add(check + ": " + row));
    }
    return found;
  }
}
