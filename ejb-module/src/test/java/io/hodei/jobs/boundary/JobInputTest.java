package io.hodei.jobs.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hodei.jobs.entity.NewJob;
import io.hodei.jobs.entity.Priority;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.json.JsonReader;
import io.hodei.platform.DomainException;
import io.hodei.platform.FieldError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobInputTest {
  private static NewJob read(String text) {
    return JobInput.read(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> pointers(String text) {
    DomainException refused = catchThrowableOfType(DomainException.class, () -> read(text));
    assertThat(refused).as(text).isNotNull();
    return refused.errors().stream().map(FieldError::pointer).toList();
  }

  @Test
  void the_shortest_job_gets_every_default() {
    NewJob job = read("{\"name\":\"a\",\"spec\":{\"command\":[\"true\"]}}");
    assertThat(job.pool()).isEqualTo("default");
    assertThat(job.priority()).isEqualTo(Priority.NORMAL);
    assertThat(job.labels()).isEmpty();
    assertThat(job.availableAt()).isNull();
    assertThat(job.spec().executor()).isEqualTo("process");
    assertThat(job.spec().killGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(job.spec().retry()).isEqualTo(RetryPolicy.NONE);
  }

  @Test
  void a_spec_with_an_image_is_for_containers() {
    NewJob job = read("{\"name\":\"a\",\"spec\":{\"image\":\"alpine:3\",\"command\":[\"true\"]}}");
    assertThat(job.spec().executor()).isEqualTo("container");
  }

  @Test
  void a_whole_job_is_read() {
    NewJob job =
        read(
            """
            {"name":"Bericht ü","pool":"big.1","priority":{"lane":"HIGH","level":9},
             "labels":{"team/a":"x:y"},"requires":{"gpu":"yes"},"availableAt":"2026-11-21T09:00:00+01:00",
             "timeouts":{"wait":"5m","run":"PT30S","total":"1h"},
             "retry":{"maxAttempts":5,"backoff":"LINEAR","delay":"250ms","maxDelay":"30s","jitter":0.5,"onExitCodes":[1,75]},
             "logLimitBytes":1e6,
             "spec":{"shell":"echo $A","environment":{"A":"1"},"stdin":"aGk=","workingDirectory":"/tmp","killGrace":"1s"}}
            """);
    assertThat(job.priority()).isEqualTo(new Priority(Priority.Lane.HIGH, 9));
    assertThat(job.labels()).isEqualTo(Map.of("team/a", "x:y"));
    assertThat(job.availableAt()).isEqualTo(Instant.parse("2026-11-21T08:00:00Z"));
    assertThat(job.spec().timeouts().run()).isEqualTo(Duration.ofSeconds(30));
    assertThat(job.spec().retry())
        .isEqualTo(
            new RetryPolicy(
                5,
                RetryPolicy.Backoff.LINEAR,
                Duration.ofMillis(250),
                Duration.ofSeconds(30),
                0.5,
                List.of(1, 75)));
    assertThat(job.spec().logLimitBytes()).isEqualTo(1_000_000);
    assertThat(new String(job.spec().stdin(), StandardCharsets.UTF_8)).isEqualTo("hi");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once_with_its_place() {
    assertThat(
            pointers(
                """
                {"nam":1,"pool":"a b","priority":{"lane":"UP","level":10},"labels":{"-x":"1","y":2},
                 "availableAt":"tomorrow","timeouts":{"run":"0s","never":"1s"},"retry":{"maxAttempts":0,"onExitCodes":[0,"x"]},
                 "spec":{"command":["a",1],"shell":"b","environment":{"A-B":"1","HODEI_X":"1"},"stdin":"*","color":"red"}}
                """))
        .contains(
            "/nam",
            "/name",
            "/pool",
            "/priority/lane",
            "/priority/level",
            "/labels/-x",
            "/labels/y",
            "/availableAt",
            "/timeouts/run",
            "/timeouts/never",
            "/retry/maxAttempts",
            "/retry/onExitCodes/1",
            "/spec/command/1",
            "/spec/shell",
            "/spec/environment/A-B",
            "/spec/environment/HODEI_X",
            "/spec/stdin",
            "/spec/color");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|",
        "null|",
        "{}|/name",
        "{\"name\":\"a\"}|/spec",
        "{\"name\":\"\",\"spec\":{\"shell\":\"x\"}}|/name",
        "{\"name\":\"a\\u0007\",\"spec\":{\"shell\":\"x\"}}|/name",
        "{\"name\":5,\"spec\":{\"shell\":\"x\"}}|/name",
        "{\"name\":\"a\",\"spec\":[]}|/spec",
        "{\"name\":\"a\",\"spec\":{}}|/spec/command",
        "{\"name\":\"a\",\"spec\":{\"command\":\"x\"}}|/spec/command",
        "{\"name\":\"a\",\"spec\":{\"command\":[\"x\\u0000\"]}}|/spec/command/0",
        "{\"name\":\"a\",\"spec\":{\"executor\":\"rocket\",\"command\":[\"x\"]}}|/spec/executor",
        "{\"name\":\"a\",\"spec\":{\"executor\":\"container\",\"command\":[\"x\"]}}|/spec/image",
        "{\"name\":\"a\",\"spec\":{\"executor\":\"process\",\"image\":\"i\",\"command\":[\"x\"]}}|/spec/image",
        "{\"name\":\"a\",\"spec\":{\"shell\":\"x\"},\"logLimitBytes\":1.5}|/logLimitBytes",
        "{\"name\":\"a\",\"spec\":{\"shell\":\"x\"},\"logLimitBytes\":1e999999999}|/logLimitBytes",
        "{\"name\":\"a\",\"spec\":{\"shell\":\"x\"},\"logLimitBytes\":1e-999999999}|/logLimitBytes",
        "{\"name\":\"a\",\"spec\":{\"shell\":\"x\"},\"retry\":{\"jitter\":1.1}}|/retry/jitter",
        "{\"name\":\"a\",\"spec\":{\"shell\":\"x\"},\"retry\":{\"delay\":\"10s\",\"maxDelay\":\"1s\"}}|/retry/maxDelay",
        "{\"name\":\"a\",\"spec\":{\"shell\":\"x\"},\"availableAt\":\"1990-01-01T00:00:00Z\"}|/availableAt",
        "{\"name\":\"a\",\"spec\":{\"shell\":\"x\"},\"timeouts\":{\"run\":\"PT999999999999999999H\"}}|/timeouts/run"
      })
  void one_wrong_thing_is_named(String text, String pointer) {
    assertThat(pointers(text)).contains(pointer == null ? "" : pointer);
  }

  @Test
  void sizes_are_bounded() {
    assertThat(pointers("{\"name\":\"" + "a".repeat(201) + "\",\"spec\":{\"shell\":\"x\"}}"))
        .containsExactly("/name");
    assertThat(
            pointers(
                "{\"name\":\"a\",\"spec\":{\"command\":[" + "\"x\",".repeat(1000) + "\"x\"]}}"))
        .contains("/spec/command");
    assertThat(pointers("{\"name\":\"a\",\"spec\":{\"command\":[\"" + "ü".repeat(70_000) + "\"]}}"))
        .containsExactly("/spec/command");
  }
}
