package io.hodei.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.JobDeleted;
import io.hodei.jobs.entity.JobState;
import io.hodei.logs.LogSummary.StreamSummary;
import io.hodei.platform.DomainException;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.testing.Heard;
import io.hodei.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final LogJobs JOBS = new LogJobs(DATABASE);
  private static final AtomicLong IDS = new AtomicLong(1000);
  private static final long SESSION = 77;
  private static final Caller ONE = caller(1);
  private static final Caller TWO = caller(2);

  private final Heard<LogsStored> hints = new Heard<>();
  private final LogIntake intake = new LogIntake(DATABASE.engine(), hints);
  private final LogSealing sealing =
      new LogSealing(DATABASE.engine(), new StoredDigest(DATABASE.engine()));
  private final LogReading reading = new LogReading(DATABASE.tenants());
  private final long job = IDS.incrementAndGet();

  private static Caller caller(long tenant) {
    return new Caller(tenant, "t", 1, "test", Role.ADMIN, Role.ADMIN.permissions());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T asEngine(Supplier<T> work) {
    return DATABASE.engineTransactions().inTransaction(work);
  }

  private <T> T read(Function<LogReading, T> work) {
    return DATABASE.tenantTransactions().inTransaction(() -> work.apply(reading));
  }

  private LogPiece piece(int sequence, LogStream stream, long offset, byte[] data) {
    return new LogPiece(
        job, 1, SESSION, sequence, stream, offset, data, 1_700_000_000_123_456L + sequence);
  }

  private LogPiece out(int sequence, long offset, String text) {
    return piece(sequence, LogStream.STDOUT, offset, bytes(text));
  }

  private LogPiece err(int sequence, long offset, String text) {
    return piece(sequence, LogStream.STDERR, offset, bytes(text));
  }

  private static StreamSummary summary(byte[] all) {
    try {
      return new StreamSummary(
          all.length, all.length == 0 ? all : MessageDigest.getInstance("SHA-256").digest(all), 0);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private SealResult seal(int chunks, String stdout, String stderr) {
    return seal(chunks, bytes(stdout), bytes(stderr));
  }

  private @Nullable SealResult sealOrNull(LogSummary summary) {
    return asEngine(() -> sealing.seal(List.of(summary))).get(summary.attempt());
  }

  private SealResult seal(int chunks, byte[] stdout, byte[] stderr) {
    SealResult result =
        sealOrNull(new LogSummary(job, 1, chunks, summary(stdout), summary(stderr)));
    assertThat(result).isNotNull();
    return java.util.Objects.requireNonNull(result);
  }

  private Set<AttemptKey> append(LogPiece... pieces) {
    return asEngine(() -> intake.append(List.of(pieces)));
  }

  private String text(int attempt, @Nullable LogStream stream, long offset, int limit) {
    return new String(
        read(r -> r.range(ONE, job, attempt, stream, offset, limit)).data(),
        StandardCharsets.UTF_8);
  }

  private List<Long> news(LogPoint point) {
    return read(r -> r.news(ONE, List.of(point)));
  }

  private void three() {
    JOBS.running(1, job, 1, SESSION);
    assertThat(append(out(0, 0, "hello "), err(1, 0, "oops"), out(2, 6, "world\n"))).isEmpty();
  }

  @Test
  void output_is_stored_once_and_read_back_by_stream_and_in_the_order_of_reading() {
    three();
    append(out(2, 6, "world\n"), out(3, 12, "!"));
    assertThat(text(0, LogStream.STDOUT, 0, 100)).isEqualTo("hello world\n!");
    assertThat(text(1, LogStream.STDERR, 0, 100)).isEqualTo("oops");
    assertThat(text(1, null, 0, 100)).isEqualTo("hello oopsworld\n!");
    assertThat(hints.events()).hasSize(2);
    assertThat(hints.events().getFirst().jobIds()).containsExactly(job);
  }

  @Test
  void every_range_is_exact() {
    three();
    String stdout = "hello world\n";
    String both = "hello oopsworld\n";
    read(
        r -> {
          for (int from = 0; from <= both.length() + 1; from++) {
            for (int limit = 1; limit <= both.length() + 1; limit += 2) {
              assertThat(r.range(ONE, job, 1, LogStream.STDOUT, from, limit).data())
                  .isEqualTo(bytes(part(stdout, from, limit)));
              assertThat(r.range(ONE, job, 1, null, from, limit).data())
                  .isEqualTo(bytes(part(both, from, limit)));
            }
          }
          return true;
        });
  }

  private static String part(String all, int from, int limit) {
    int start = Math.min(from, all.length());
    return all.substring(start, Math.min(start + limit, all.length()));
  }

  @Test
  void what_does_not_hold_the_job_is_refused_and_the_rest_is_stored() {
    three();
    long other = IDS.incrementAndGet();
    JOBS.running(1, other, 3, SESSION);
    LogPiece oldEpoch = new LogPiece(other, 2, SESSION, 0, LogStream.STDOUT, 0, bytes("x"), 0);
    LogPiece wrongSession = new LogPiece(other, 3, 99, 0, LogStream.STDOUT, 0, bytes("x"), 0);
    LogPiece unknown = new LogPiece(5, 1, SESSION, 0, LogStream.STDOUT, 0, bytes("x"), 0);
    assertThat(append(oldEpoch, wrongSession, unknown, out(3, 12, "!")))
        .containsExactlyInAnyOrder(oldEpoch.attempt(), wrongSession.attempt(), unknown.attempt());
    assertThat(JOBS.chunks(other)).isZero();
    assertThat(JOBS.chunks(job)).isEqualTo(4);
    JOBS.end(job);
    assertThat(append(out(4, 13, "late"))).containsExactly(new AttemptKey(job, 1));
    assertThat(JOBS.chunks(job)).isEqualTo(4);
  }

  @Test
  void a_malformed_piece_is_refused_without_harm_to_the_others() {
    three();
    long other = IDS.incrementAndGet();
    LogPiece huge =
        new LogPiece(other, 1, SESSION, 0, LogStream.STDOUT, 0, new byte[256 * 1024 + 1], 0);
    assertThat(append(huge, out(3, 12, "!"))).containsExactly(huge.attempt());
    assertThat(JOBS.chunks(job)).isEqualTo(4);
  }

  @Test
  void what_agrees_with_the_summary_is_sealed() {
    three();
    assertThat(seal(3, "hello world\n", "oops")).isEqualTo(SealResult.SEALED);
    JOBS.end(job);
    LogInfo info = read(r -> r.info(ONE, job, 0));
    assertThat(info.state()).isEqualTo(LogState.COMPLETE);
    assertThat(info.stdout().length()).isEqualTo(12);
    assertThat(info.stdout().sha256()).isEqualTo(summary(bytes("hello world\n")).sha256());
    assertThat(info.stderr().length()).isEqualTo(4);
    assertThat(seal(3, "hello world\n", "oops")).isEqualTo(SealResult.SEALED);
  }

  @Test
  void a_missing_chunk_a_changed_byte_and_a_wrong_count_are_found() {
    three();
    JOBS.insert("delete from log_chunks where sequence = 1 and job_id = " + job);
    assertThat(seal(3, "hello world\n", "oops")).isEqualTo(SealResult.MISMATCH);
    assertThat(JOBS.chunks(job)).isZero();
    append(out(0, 0, "hello "), err(1, 0, "oops"), out(2, 6, "world\n"));
    JOBS.insert("update log_chunks set data = 'worle\n' where sequence = 2 and job_id = " + job);
    assertThat(seal(3, "hello world\n", "oops")).isEqualTo(SealResult.MISMATCH);
    append(out(0, 0, "hello "), err(1, 0, "oops"), out(2, 6, "world\n"));
    assertThat(seal(4, "hello world\n", "oops")).isEqualTo(SealResult.MISMATCH);
    append(out(0, 0, "hello "), err(1, 0, "oops"), out(2, 5, "world\n"));
    assertThat(seal(3, "hello world\n", "oops")).isEqualTo(SealResult.MISMATCH);
    append(out(0, 0, "hello "), err(1, 0, "oops"), out(2, 6, "world\n"));
    assertThat(seal(3, "hello world\n", "oops")).isEqualTo(SealResult.SEALED);
  }

  @Test
  void a_large_binary_log_is_sealed_in_portions_and_read_back_byte_for_byte() {
    JOBS.running(1, job, 1, SESSION);
    Random random = new Random(1);
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    for (int sequence = 0; sequence < 40; sequence++) {
      boolean toErr = sequence % 3 == 0;
      ByteArrayOutputStream stream = toErr ? stderr : stdout;
      byte[] data = new byte[1 + random.nextInt(256 * 1024)];
      random.nextBytes(data);
      append(piece(sequence, toErr ? LogStream.STDERR : LogStream.STDOUT, stream.size(), data));
      stream.writeBytes(data);
    }
    assertThat((long) stdout.size() + stderr.size()).isGreaterThan(LogSealing.SMALL);
    byte[] wrong = stdout.toByteArray();
    wrong[wrong.length / 2] ^= 1;
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    for (int read = -1; read != 0; ) {
      byte[] part = read(r -> r.range(ONE, job, 1, LogStream.STDOUT, found.size(), 1 << 20)).data();
      found.writeBytes(part);
      read = part.length;
    }
    assertThat(found.toByteArray()).isEqualTo(stdout.toByteArray());
    assertThat(seal(40, stdout.toByteArray(), stderr.toByteArray())).isEqualTo(SealResult.SEALED);
    assertThat(seal(40, wrong, stderr.toByteArray())).isEqualTo(SealResult.MISMATCH);
  }

  @Test
  void many_attempts_are_sealed_together_and_silent_ones_need_no_row() {
    three();
    long silent = IDS.incrementAndGet();
    JOBS.running(1, silent, 1, SESSION);
    LogSummary nothing = new LogSummary(silent, 1, 0, StreamSummary.NOTHING, StreamSummary.NOTHING);
    LogSummary something =
        new LogSummary(job, 1, 3, summary(bytes("hello world\n")), summary(bytes("oops")));
    assertThat(asEngine(() -> sealing.seal(List.of(nothing, something))).values())
        .containsOnly(SealResult.SEALED);
    JOBS.end(silent);
    assertThat(read(r -> r.info(ONE, silent, 1)).state()).isEqualTo(LogState.COMPLETE);
    assertThat(DATABASE.admin().sql("select from attempt_logs where job_id = " + silent).exists())
        .isFalse();
  }

  @Test
  void the_log_of_a_lost_attempt_is_a_marked_prefix() {
    three();
    append(out(4, 20, "behind a gap"));
    JOBS.again(job, 78);
    asEngine(
        () -> {
          sealing.markTruncated(List.of(new AttemptKey(job, 1)));
          return true;
        });
    List<LogInfo> infos = read(r -> r.infos(ONE, job));
    assertThat(infos).extracting(LogInfo::state).containsExactly(LogState.TRUNCATED, LogState.OPEN);
    assertThat(infos.getFirst().stdout().length()).isEqualTo(12);
    assertThat(text(1, LogStream.STDOUT, 0, 100)).isEqualTo("hello world\n");
    assertThat(read(r -> r.info(ONE, job, 0)).attempt()).isEqualTo(2);
  }

  @Test
  void chunks_of_an_ended_attempt_without_a_seal_are_never_called_complete() {
    three();
    JOBS.again(job, 78);
    assertThat(read(r -> r.info(ONE, job, 1)).state()).isEqualTo(LogState.TRUNCATED);
  }

  @Test
  void a_follower_gets_every_chunk_once_and_learns_of_the_end() {
    three();
    List<Integer> seen = new ArrayList<>();
    LogCursor cursor = LogCursor.before(1);
    LogFollow follow = read(r -> r.follow(ONE, job, LogCursor.before(1), 1));
    while (!follow.chunks().isEmpty()) {
      assertThat(follow.chunks()).hasSize(1);
      assertThat(follow.attemptEnded()).isFalse();
      seen.add(follow.chunks().getFirst().sequence());
      cursor = new LogCursor(1, follow.chunks().getLast().sequence());
      LogCursor next = cursor;
      follow = read(r -> r.follow(ONE, job, next, 1));
    }
    assertThat(seen).containsExactly(0, 1, 2);
    LogPoint point = new LogPoint(job, cursor, follow.version());
    assertThat(news(point)).isEmpty();
    append(out(3, 12, "!"));
    assertThat(news(point)).containsExactly(job);
    LogPoint behind = new LogPoint(job, new LogCursor(1, 3), follow.version());
    assertThat(news(behind)).isEmpty();
    JOBS.end(job);
    assertThat(news(behind)).containsExactly(job);
    LogFollow end = read(r -> r.follow(ONE, job, new LogCursor(1, 3), 1));
    assertThat(end.attemptEnded()).isTrue();
    assertThat(end.state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void another_tenant_sees_nothing() {
    three();
    assertThatThrownBy(() -> read(r -> r.range(TWO, job, 1, null, 0, 100)))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> read(r -> r.follow(TWO, job, LogCursor.before(1), 100)))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> read(r -> r.infos(TWO, job))).isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> read(r -> r.info(ONE, job, 2))).isInstanceOf(DomainException.class);
  }

  @Test
  void the_log_goes_with_its_job() {
    three();
    seal(3, "hello world\n", "oops");
    DATABASE
        .tenantTransactions()
        .inTransaction(
            () -> {
              LogDeletion deletion = new LogDeletion(DATABASE.tenants());
              deletion.delete(new JobDeleted(2, job));
              deletion.delete(new JobDeleted(1, IDS.incrementAndGet()));
              return true;
            });
    assertThat(JOBS.chunks(job)).isEqualTo(3);
    DATABASE
        .tenantTransactions()
        .inTransaction(
            () -> {
              new LogDeletion(DATABASE.tenants()).delete(new JobDeleted(1, job));
              return true;
            });
    assertThat(JOBS.chunks(job)).isZero();
    assertThat(DATABASE.admin().sql("select from attempt_logs where job_id = " + job).exists())
        .isFalse();
  }

  @Test
  void a_job_without_an_attempt_has_an_empty_log() {
    JOBS.insert(
        """
        insert into jobs (id, tenant_id, spec_id, demand_id, state, name, available_at, created_at)
        values (%d, 1, 1, 1, 'QUEUED', 'job', now(), now())
        """
            .formatted(job));
    LogRange range = read(r -> r.range(ONE, job, 0, null, 0, 100));
    assertThat(range.data()).isEmpty();
    assertThat(range.info().state()).isEqualTo(LogState.OPEN);
    List<LogInfo> infos = read(r -> r.infos(ONE, job));
    assertThat(infos).isEmpty();
  }
}
