package io.hodei.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.jobs.entity.JobState;
import io.hodei.logs.LogChunk;
import io.hodei.logs.LogCursor;
import io.hodei.logs.LogFollow;
import io.hodei.logs.LogStream;
import io.hodei.platform.DomainException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTailTest {
  private final FakeOutput output = new FakeOutput();
  private final AtomicInteger completed = new AtomicInteger();
  private final SseConnection connection = Connections.to(output, completed);
  private final List<LogChunk> stored = new ArrayList<>();
  private JobState state = JobState.RUNNING;
  private int epoch = 1;

  @BeforeEach
  void open() throws IOException {
    connection.open();
    output.take(1L << 30);
  }

  private void store(int attempt, int sequence, String text) {
    stored.add(
        new LogChunk(
            attempt,
            sequence,
            LogStream.STDOUT,
            0,
            Instant.EPOCH,
            text.getBytes(StandardCharsets.UTF_8)));
  }

  private LogFollow follow(LogCursor cursor, int maxBytes) {
    List<LogChunk> chunks =
        stored.stream()
            .filter(c -> c.attempt() == cursor.attempt() && c.sequence() > cursor.sequence())
            .limit(2)
            .toList();
    boolean ended = cursor.attempt() < epoch || !state.isHeld();
    return new LogFollow(state, epoch, 1, 0, null, null, chunks, ended, !chunks.isEmpty());
  }

  private List<String> lines() {
    return output.text().lines().filter(line -> !line.isEmpty()).toList();
  }

  private LogTail tail(LogCursor cursor, boolean oneAttempt) {
    return new LogTail(connection, 5, cursor, oneAttempt);
  }

  @Test
  void output_state_and_end_come_in_this_order() {
    store(1, 0, "a\n");
    store(1, 1, "b");
    store(1, 2, "c");
    LogTail tail = tail(LogCursor.before(1), false);
    tail.advance(this::follow);
    store(1, 3, "d");
    state = JobState.SUCCEEDED;
    tail.advance(this::follow);
    assertThat(lines().stream().filter(l -> l.startsWith("event") || l.startsWith("id")))
        .containsExactly(
            "event: state",
            "event: log",
            "id: 1-0",
            "event: log",
            "id: 1-1",
            "event: log",
            "id: 1-2",
            "event: log",
            "id: 1-3",
            "event: state",
            "event: end");
    assertThat(output.text())
        .contains(
            "{\"attempt\":1,\"sequence\":0,\"stream\":\"stdout\",\"offset\":0,\"time\":\"1970-01-01T00:00:00.000000Z\",\"text\":\"a\\n\"}")
        .contains(
            "{\"id\":\"0000000000005\",\"state\":\"SUCCEEDED\",\"attempt\":1,\"exitCode\":0}");
    assertThat(completed).hasValue(1);
  }

  @Test
  void a_tail_goes_on_with_the_next_attempt_and_one_of_an_attempt_ends_with_it() {
    store(1, 0, "first");
    store(2, 0, "second");
    epoch = 2;
    tail(LogCursor.before(1), false).advance(this::follow);
    assertThat(lines()).contains("id: 1-0", "id: 2-0").doesNotContain("event: end");
    FakeOutput other = new FakeOutput();
    SseConnection second = Connections.to(other, new AtomicInteger());
    second.open();
    new LogTail(second, 5, LogCursor.before(1), true).advance(this::follow);
    assertThat(second.isOpen()).isFalse();
  }

  @Test
  void a_tail_that_resumes_repeats_nothing() {
    store(1, 0, "a");
    store(1, 1, "b");
    tail(LogCursor.parse("1-0"), false).advance(this::follow);
    assertThat(lines()).contains("id: 1-1").doesNotContain("id: 1-0");
  }

  @Test
  void a_deleted_job_ends_the_tail() {
    tail(LogCursor.before(1), false)
        .advance(
            (cursor, maxBytes) -> {
              throw DomainException.notFound("job", "x");
            });
    assertThat(lines()).contains("event: end");
    assertThat(completed).hasValue(1);
  }

  @Test
  void bytes_that_are_no_text_come_as_base64() {
    LogChunk chunk =
        new LogChunk(
            1, 0, LogStream.STDERR, 9, Instant.EPOCH, new byte[] {(byte) 0xff, 0, (byte) 0xc3});
    assertThat(StreamJson.chunk(chunk)).contains("\"base64\":\"/wDD\"").contains("stderr");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9,100,0,10",
    "bytes=90-,100,90,100",
    "bytes=90-500,100,90,100",
    "bytes=-10,100,90,100",
    "bytes=-500,100,0,100",
    "bytes=100-,100,100,100",
    "bytes=0-0,0,0,0",
  })
  void a_byte_range_is_read(String header, long length, long from, long upto) {
    assertThat(ByteRange.parse(header, length)).contains(new ByteRange(from, upto));
  }

  @ParameterizedTest
  @CsvSource({"bytes=9-0", "bytes=-", "lines=0-1", "'bytes=0-1,3-4'", "bytes=a-b"})
  void what_is_no_single_range_is_ignored(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }
}
