package io.hodei.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.it.testing.Database;
import io.hodei.it.testing.SharedCluster;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check finds the damage that it is there for, and finds nothing in a sound history. */
@Order(20)
class FsckIT {
  private static final String SOUND =
      """
      set local session_replication_role = replica;
      truncate jobs, attempts, outbox, log_chunks, attempt_logs;
      insert into jobs (id, tenant_id, spec_id, demand_id, state, epoch, losses, name, available_at, created_at, completed_at)
      values (1, 1, 1, 1, 'SUCCEEDED', 2, 1, 'sound', now(), now(), now());
      insert into attempts (job_id, epoch, tenant_id, state, session_id, agent_id, leased_at, finished_at)
      values (1, 1, 1, 'LOST', 1, 1, now(), now()),
             (1, 2, 1, 'SUCCEEDED', 1, 1, now(), now());
      insert into outbox (tenant_id, topic, items, position)
      values (1, 'job.created', '[{"job": 1}]', 1),
             (1, 'job.leased', '[{"job": 1, "epoch": 1}]', 2),
             (1, 'job.requeued', '[{"job": 1, "epoch": 1}]', 3),
             (1, 'job.leased', '[{"job": 1, "epoch": 2}]', 4),
             (1, 'job.ended', '[{"job": 1, "epoch": 2}]', 5);
      insert into log_chunks (job_id, epoch, sequence, tenant_id, stream, position, data, lines, read_at)
      values (1, 2, 0, 1, 1, 0, 'abc', 0, now()),
             (1, 2, 1, 1, 1, 3, 'de', 0, now());
      insert into attempt_logs (job_id, epoch, tenant_id, state, chunks, stdout_length, stderr_length)
      values (1, 2, 1, 'COMPLETE', 2, 5, 0);
      """;

  private static final String ANOTHER_JOB =
      "insert into jobs (id, tenant_id, spec_id, demand_id, state, epoch, session_id, name, available_at, created_at)"
          + " values (2, 1, 1, 1, '%s', %d, %s, 'bad', now(), now())";

  private static final Map<Fsck, String> DAMAGE = new EnumMap<>(Fsck.class);

  static {
    DAMAGE.put(Fsck.EVERY_JOB_HAS_ENDED, ANOTHER_JOB.formatted("QUEUED", 0, "null"));
    DAMAGE.put(
        Fsck.NOTHING_IS_HELD_WITHOUT_A_LIVE_SESSION, ANOTHER_JOB.formatted("RUNNING", 1, "77"));
    DAMAGE.put(
        Fsck.NO_ATTEMPT_FOLLOWS_AN_ACCEPTED_RESULT,
        "update attempts set state = 'SUCCEEDED' where epoch = 1");
    DAMAGE.put(
        Fsck.THE_LAST_ATTEMPT_SAYS_WHAT_THE_JOB_SAYS,
        "update attempts set state = 'FAILED' where epoch = 2");
    DAMAGE.put(Fsck.EPOCHS_COUNT_THE_ATTEMPTS, "delete from attempts where epoch = 1");
    DAMAGE.put(Fsck.ONLY_FAILURES_SPEND_RETRIES, "update jobs set failures = 1");
    DAMAGE.put(Fsck.LOSSES_ARE_LOST_ATTEMPTS, "update jobs set losses = 2");
    DAMAGE.put(
        Fsck.AN_ATTEMPT_BEGINS_AFTER_THE_ONE_BEFORE,
        "update attempts set finished_at = now() + interval '1 second' where epoch = 1");
    DAMAGE.put(
        Fsck.EVERY_JOB_WAS_CREATED_ONCE_AND_ENDED_ONCE,
        "insert into outbox (tenant_id, topic, items, position) values (1, 'job.ended', '[{\"job\": 1}]', 6)");
    DAMAGE.put(Fsck.EVERY_LEASE_WAS_TOLD, "delete from outbox where position = 2");
    DAMAGE.put(
        Fsck.EVENTS_OF_A_JOB_ARE_IN_ORDER, "update outbox set position = 99 where position = 1");
    DAMAGE.put(
        Fsck.EVERY_EVENT_HAS_A_PLACE,
        "update outbox set position = null, created_at = now() - interval '1 minute' where position = 3");
    DAMAGE.put(Fsck.STORED_OUTPUT_HAS_NO_GAPS, "delete from log_chunks where sequence = 0");
    DAMAGE.put(
        Fsck.SEALED_LENGTHS_ARE_THE_STORED_ONES, "update attempt_logs set stdout_length = 6");
    DAMAGE.put(
        Fsck.OUTPUT_OF_AN_ACCEPTED_RESULT_IS_COMPLETE,
        "update attempt_logs set state = 'TRUNCATED'");
  }

  @Test
  void a_sound_history_is_found_sound() {
    try (Database database = Database.of(SharedCluster.get())) {
      database.undone(
          () -> {
            database.execute(SOUND);
            assertThat(Fsck.all(database)).isEmpty();
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_check_finds_its_damage(Fsck check) {
    assertThat(DAMAGE).containsKey(check);
    try (Database database = Database.of(SharedCluster.get())) {
      database.undone(
          () -> {
            database.execute(SOUND);
            database.execute(DAMAGE.getOrDefault(check, ""));
            assertThat(check.violations(database)).hasSize(1);
          });
    }
  }
}
