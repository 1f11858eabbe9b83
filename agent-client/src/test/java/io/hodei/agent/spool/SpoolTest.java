package io.hodei.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogChunk;
import io.hodei.protocol.hwp.LogStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final AttemptId ONE = new AttemptId(1, 1);
  private static final AttemptId TWO = new AttemptId(2, 1);
  private static final Session SESSION = new Session(7, ByteString.copyFromUtf8("s"));
  private static final long LIMIT = 1 << 20;

  @TempDir Path directory;

  @Test
  void frames_come_back_in_order_and_numbered_without_gaps() throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      for (int i = 0; i < 100; i++) {
        assertThat(spool.append(ONE, chunk(ONE, i, "x".repeat(5000)), i % 2 == 0)).isEqualTo(i + 1);
      }
      spool.flush();
      assertThat(numbers(spool.unacknowledged())).hasSize(100).isSorted();
      spool.acknowledge(40);
      assertThat(numbers(spool.unacknowledged())).hasSize(60).startsWith(41L);
    }
  }

  @Test
  void a_restart_finds_session_numbers_and_what_was_not_acknowledged() throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      spool.hold(TWO);
      spool.append(ONE, chunk(ONE, 0, "hello "), false);
      spool.append(ONE, chunk(ONE, 1, "world"), false);
      spool.append(TWO, finished(TWO), false);
      spool.acknowledge(1);
      spool.flush(); // then no close(): as after kill -9
    }
    try (Spool spool = new Spool(directory, LIMIT)) {
      assertThat(spool.session()).isEqualTo(SESSION);
      assertThat(spool.acked()).isEqualTo(1);
      assertThat(numbers(spool.unacknowledged())).containsExactly(2L, 3L);
      RecoveredAttempt one = recovered(spool, ONE);
      assertThat(one.finishedNumber()).isZero();
      assertThat(one.chunks()).isEqualTo(2);
      assertThat(one.stdout().summary().getSha256().toByteArray())
          .isEqualTo(
              MessageDigest.getInstance("SHA-256")
                  .digest("hello world".getBytes(StandardCharsets.UTF_8)));
      assertThat(recovered(spool, TWO).finishedNumber()).isEqualTo(3);
      assertThat(spool.append(ONE, finished(ONE), false)).isEqualTo(4);
    }
  }

  @Test
  void a_spool_that_saw_a_hundred_thousand_attempts_is_opened_with_little_memory()
      throws Exception {
    try (Spool spool = new Spool(directory, 256L << 20)) {
      spool.begin(SESSION);
      for (int i = 1; i <= 100_000; i++) {
        AttemptId id = new AttemptId(i, 1);
        long number = spool.append(id, finished(id), true);
        if (i % 100 == 0) {
          spool.acknowledge(number - 10);
        }
      }
      spool.flush();
    }
    Process opened =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                OpenedSpool.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(opened.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("10 attempts");
    assertThat(opened.waitFor()).isZero();
  }

  @Test
  void a_record_cut_in_its_middle_is_left_out_and_the_ones_before_stay() throws Exception {
    try (Spool spool = fresh()) {
      spool.append(ONE, finished(ONE), false);
      spool.append(TWO, finished(TWO), false);
    }
    Path newest = segments().getLast();
    try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 3);
    }
    try (Spool spool = new Spool(directory, LIMIT)) {
      assertThat(numbers(spool.unacknowledged())).containsExactly(1L);
    }
  }

  @Test
  void a_flipped_bit_is_noticed() throws Exception {
    try (Spool spool = fresh()) {
      spool.append(ONE, finished(ONE), false);
      spool.append(TWO, finished(TWO), false);
    }
    Path newest = segments().getLast();
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 2] ^= 4;
    Files.write(newest, bytes);
    try (Spool spool = new Spool(directory, LIMIT)) {
      assertThat(numbers(spool.unacknowledged())).containsExactly(1L);
    }
  }

  @Test
  void a_damaged_segment_in_the_middle_begins_a_new_session() throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      for (int i = 0; i < 10; i++) {
        spool.append(ONE, chunk(ONE, i, "x".repeat(40_000)), false);
      }
    }
    Path middle = segments().get(4);
    byte[] bytes = Files.readAllBytes(middle);
    bytes[bytes.length - 2] ^= 4;
    Files.write(middle, bytes);
    try (Spool spool = new Spool(directory, LIMIT)) {
      assertThat(spool.session()).isEqualTo(Session.NONE);
      assertThat(numbers(spool.unacknowledged())).isEmpty();
    }
  }

  @Test
  void a_host_that_went_down_with_the_spool_open_begins_a_new_session() throws Exception {
    Spool dying = fresh();
    dying.append(ONE, finished(ONE), false);
    Files.writeString(directory.resolve("open-since-boot"), "an earlier boot");
    try (Spool spool = new Spool(directory, LIMIT)) {
      assertThat(spool.session()).isEqualTo(Session.NONE);
      assertThat(numbers(spool.unacknowledged())).isEmpty();
    }
  }

  @Test
  void chunks_stay_for_resending_until_the_end_is_acknowledged() throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      for (int i = 0; i < 10; i++) {
        spool.append(ONE, chunk(ONE, i, "x".repeat(40_000)), false);
      }
      spool.acknowledge(10);
      assertThat(numbers(spool.everything())).hasSize(10);
      long end = spool.append(ONE, finished(ONE), false);
      spool.acknowledge(end);
      spool.append(TWO, finished(TWO), false);
      assertThat(numbers(spool.everything())).doesNotContain(1L, 5L);
      assertThat(spool.bytes()).isLessThan(200_000);
    }
  }

  @Test
  void an_attempt_that_the_server_wants_again_keeps_its_chunks_until_it_ended_once_more()
      throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      for (int i = 0; i < 10; i++) {
        spool.append(ONE, chunk(ONE, i, "x".repeat(40_000)), false);
      }
      long end = spool.append(ONE, finished(ONE), false);
      // A node asks for the log before it acknowledges the end.
      spool.reopen(ONE);
      spool.acknowledge(end);
      spool.append(TWO, finished(TWO), false);
      assertThat(numbers(spool.everything())).contains(1L, 5L, 10L, end);

      long endAgain = spool.append(ONE, finished(ONE), false);
      spool.acknowledge(endAgain);
      spool.append(TWO, finished(TWO), false);
      assertThat(numbers(spool.everything())).doesNotContain(1L, 5L);
    }
  }

  @Test
  void when_full_acknowledged_chunks_of_a_long_job_make_room() throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      for (int i = 0; i < 200; i++) {
        spool.awaitRoom();
        long number = spool.append(ONE, chunk(ONE, i, "x".repeat(40_000)), false);
        spool.acknowledge(number);
      }
      assertThat(spool.bytes()).isLessThan(LIMIT + 100_000);
    }
  }

  @Test
  void an_acknowledgement_of_frames_it_never_had_is_refused() throws Exception {
    try (Spool spool = fresh()) {
      spool.append(ONE, finished(ONE), false);
      assertThat(spool.acknowledge(2)).isFalse();
      assertThat(spool.acknowledge(1)).isTrue();
    }
  }

  @Test
  void a_new_session_forgets_everything_also_on_disk() throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      spool.append(ONE, chunk(ONE, 0, "old"), false);
      spool.begin(new Session(8, ByteString.EMPTY));
      assertThat(numbers(spool.unacknowledged())).isEmpty();
      assertThat(spool.append(TWO, finished(TWO), false)).isEqualTo(1);
    }
    try (Spool spool = new Spool(directory, LIMIT)) {
      assertThat(spool.session().id()).isEqualTo(8);
      assertThat(spool.recovered()).hasSize(1);
      assertThat(numbers(spool.unacknowledged())).containsExactly(1L);
    }
  }

  @Test
  void damage_of_every_kind_never_stops_the_start(@TempDir Path copies) throws Exception {
    try (Spool spool = fresh()) {
      spool.hold(ONE);
      spool.append(ONE, chunk(ONE, 0, "x".repeat(3000)), false);
    }
    byte[] whole = Files.readAllBytes(segments().getLast());
    for (int size = 0; size < whole.length; size += 97) {
      Path copy = Files.createDirectory(copies.resolve("cut-at-" + size));
      ByteBuffer part = ByteBuffer.wrap(whole, 0, size);
      try (FileChannel file =
          FileChannel.open(
              copy.resolve("0000000000000001.seg"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        file.write(part);
      }
      try (Spool spool = new Spool(copy, LIMIT)) {
        assertThat(spool.append(TWO, finished(TWO), false)).isPositive();
      }
    }
  }

  private Spool fresh() throws IOException {
    Spool spool = new Spool(directory, LIMIT);
    spool.begin(SESSION);
    return spool;
  }

  private static RecoveredAttempt recovered(Spool spool, AttemptId id) {
    return spool.recovered().stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".seg"))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  private static List<Long> numbers(SpoolCursor cursor) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (SpooledFrame frame = cursor.next(); frame != null; frame = cursor.next()) {
      numbers.add(frame.number());
    }
    return numbers;
  }

  private static ClientFrame.Builder chunk(AttemptId id, long sequence, String text) {
    return ClientFrame.newBuilder()
        .setLog(
            LogChunk.newBuilder()
                .setJobId(id.job())
                .setEpoch(id.epoch())
                .setSequence(sequence)
                .setStream(LogStream.STDOUT)
                .setOffset(sequence == 0 ? 0 : sequence * 6)
                .setData(ByteString.copyFromUtf8(text)));
  }

  private static ClientFrame.Builder finished(AttemptId id) {
    return ClientFrame.newBuilder()
        .setFinished(Finished.newBuilder().setJobId(id.job()).setEpoch(id.epoch()));
  }
}
