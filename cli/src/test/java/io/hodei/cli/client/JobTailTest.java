package io.hodei.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.cli.output.Json;
import io.hodei.cli.testing.StubInstallation;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobTailTest {
  private static final String JOB = "0C7X2M9QK4T1B";
  private static final String TAIL = "/api/v1/jobs/" + JOB + "/logs/tail";
  private static final String END = "event: end\ndata: {}\n\n";

  private final Recorder recorder = new Recorder();

  @Test
  void a_stream_that_breaks_off_goes_on_at_another_node_without_gap_and_without_repetition() {
    try (StubInstallation first = new StubInstallation();
        StubInstallation second = new StubInstallation()) {
      first.brokenStream(
          TAIL, log(1, 1, 0, "one ") + log(1, 2, 4, "two ") + "id: 1-3\nevent: log\ndata: {\"att");
      second.stream(TAIL, log(1, 2, 4, "two ") + log(1, 3, 8, "three") + END);
      second.answer(
          "GET",
          "/api/v1/jobs/" + JOB,
          200,
          "{\"id\":\"%s\",\"state\":\"SUCCEEDED\"}".formatted(JOB));

      Json job = follow(first.url(), second.url());

      assertThat(recorder.text("stdout")).isEqualTo("one two three");
      assertThat(second.requests().getFirst().lastEventId()).isEqualTo("1-2");
      assertThat(job.string("state")).isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void a_part_that_another_node_cuts_differently_is_written_once() {
    try (StubInstallation node = new StubInstallation()) {
      node.brokenStream(TAIL, log(1, 1, 0, "abcd"));
      node.stream(TAIL, log(1, 2, 2, "cdef") + END);
      node.answer("GET", "/api/v1/jobs/" + JOB, 200, "{}");

      follow(node.url());

      assertThat(recorder.text("stdout")).isEqualTo("abcdef");
    }
  }

  @Test
  void bytes_that_are_no_text_arrive_as_they_were() {
    byte[] bytes = {0, (byte) 0xff, 13, 10, 27, (byte) 0xc3};
    String event =
        "id: 1-1\nevent: log\ndata: {\"attempt\":1,\"sequence\":1,\"stream\":\"stderr\",\"offset\":0,\"base64\":\"%s\"}\n\n"
            .formatted(Base64.getEncoder().encodeToString(bytes));
    try (StubInstallation node = new StubInstallation()) {
      node.stream(TAIL, event + END).answer("GET", "/api/v1/jobs/" + JOB, 200, "{}");

      follow(node.url());

      assertThat(recorder.stderr.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void the_output_of_a_second_attempt_follows_that_of_the_first() {
    try (StubInstallation node = new StubInstallation()) {
      node.stream(TAIL, log(1, 9, 0, "first ") + log(2, 1, 0, "second") + END);
      node.answer("GET", "/api/v1/jobs/" + JOB, 200, "{}");

      follow(node.url());

      assertThat(recorder.text("stdout")).isEqualTo("first second");
    }
  }

  @Test
  void a_hole_in_the_log_is_reported() {
    try (StubInstallation node = new StubInstallation()) {
      node.stream(TAIL, log(1, 1, 0, "ab") + log(1, 2, 12, "cd") + END);
      node.answer("GET", "/api/v1/jobs/" + JOB, 200, "{}");

      follow(node.url());

      assertThat(recorder.missing).containsExactly(10L);
    }
  }

  @Test
  void a_refusal_is_not_tried_again() {
    try (StubInstallation node = new StubInstallation()) {
      node.answer("GET", TAIL, 403, "{\"title\":\"Forbidden\",\"code\":\"FORBIDDEN\"}");

      assertThatThrownBy(() -> follow(node.url()))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(3));
      assertThat(node.requests()).hasSize(1);
    }
  }

  @Test
  void it_gives_up_when_no_node_answers_for_long() {
    URI nobody = URI.create("http://127.0.0.1:1");

    assertThatThrownBy(() -> follow(Duration.ofMillis(300), nobody))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(7));
  }

  private Json follow(URI... nodes) {
    return follow(Duration.ofSeconds(10), nodes);
  }

  private Json follow(Duration patience, URI... nodes) {
    Api api = new Api(List.of(nodes), "hod_test");
    return new JobTail(api, JOB, OptionalLong.empty(), recorder, state -> {}, patience).follow();
  }

  private static String log(int attempt, int sequence, int offset, String text) {
    return "id: %d-%d\nevent: log\ndata: {\"attempt\":%d,\"sequence\":%d,\"stream\":\"stdout\",\"offset\":%d,\"text\":\"%s\"}\n\n"
        .formatted(attempt, sequence, attempt, sequence, offset, text);
  }

  private static final class Recorder implements LogSink {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final List<Long> missing = new ArrayList<>();

    @Override
    public void write(long attempt, String stream, byte[] bytes) {
      (stream.equals("stderr") ? stderr : stdout).writeBytes(bytes);
    }

    @Override
    public void missing(long attempt, String stream, long bytes) {
      missing.add(bytes);
    }

    String text(String stream) {
      return (stream.equals("stderr") ? stderr : stdout).toString(StandardCharsets.UTF_8);
    }
  }
}
