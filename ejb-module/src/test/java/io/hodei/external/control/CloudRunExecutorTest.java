package io.hodei.external.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.jobs.entity.CloudRunSpec;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions of Cloud Run against a fake that knows the published contract. */
class CloudRunExecutorTest {
  private static final String JOB = "projects/my-project/locations/europe-west1/jobs/nightly";
  private static final CloudRunSpec SPEC =
      new CloudRunSpec(
          "my-project",
          "europe-west1",
          "nightly",
          "main",
          List.of("--all", ""),
          Map.of("MODE", "full"),
          3,
          Duration.ofMinutes(10),
          Duration.ofSeconds(10));

  private final FakeCloudRun cloud = new FakeCloudRun();
  private final HttpCalls calls =
      new HttpCalls(new AddressGuard(Set.of(), List.of()), Thread.ofPlatform().daemon().factory());
  private final CloudRunExecutor executor = executor(FakeCloudRun.TOKEN);

  CloudRunExecutorTest() throws IOException {}

  @AfterEach
  void every_request_kept_the_contract() {
    calls.close();
    cloud.close();
    assertThat(cloud.violations).isEmpty();
  }

  @Test
  void an_execution_is_started_watched_and_its_success_told() {
    Outcome started = executor.start(task(1, Phase.STARTING, null));

    assertThat(started)
        .isEqualTo(new Outcome.Running(JOB + "/executions/e-1", null, Duration.ofSeconds(10)));
    ExternalTask running = task(2, Phase.RUNNING, JOB + "/executions/e-1");
    assertThat(executor.look(running))
        .isEqualTo(new Outcome.Running(null, null, Duration.ofSeconds(10)));
    cloud.execution(JOB + "/executions/e-1").state = "CONDITION_SUCCEEDED";
    Outcome.Ended ended = (Outcome.Ended) executor.look(running);
    assertThat(ended.succeeded()).isTrue();
    assertThat(ended.result())
        .contains("\"execution\":\"" + JOB + "/executions/e-1\"", "\"succeededCount\":1", "logUri");
    assertThat(cloud.requests)
        .containsExactly(
            "POST /v2/" + JOB + ":run",
            "GET /v2/" + JOB + "/executions/e-1",
            "GET /v2/" + JOB + "/executions/e-1");
  }

  @Test
  void a_failure_is_told_with_the_words_of_the_service() {
    executor.start(task(1, Phase.STARTING, null));
    FakeCloudRun.Execution execution = cloud.execution(JOB + "/executions/e-1");
    execution.state = "CONDITION_FAILED";
    execution.message = "Task failed with exit code 3";

    Outcome.Ended ended = (Outcome.Ended) executor.look(task(2, Phase.RUNNING, execution.name));

    assertThat(ended.succeeded()).isFalse();
    assertThat(ended.reason()).isEqualTo("Task failed with exit code 3");
  }

  /** The API has no idempotency key: the execution is found again by its variable. */
  @Test
  void a_start_whose_answer_was_lost_starts_nothing_twice() {
    cloud.losesAnswers = true;
    assertThat(executor.start(task(1, Phase.STARTING, null))).isInstanceOf(Outcome.PutOff.class);

    assertThat(executor.start(task(2, Phase.STARTING, null)))
        .isEqualTo(new Outcome.Running(JOB + "/executions/e-1", null, Duration.ofSeconds(10)));
    assertThat(cloud.executions).hasSize(1);
  }

  @Test
  void the_execution_of_another_attempt_is_not_taken_for_this_one() {
    executor.start(task(1, Phase.STARTING, null));
    ExternalTask next = new Task(2).with(2, Phase.STARTING, null);

    assertThat(executor.start(next))
        .isEqualTo(new Outcome.Running(JOB + "/executions/e-2", null, Duration.ofSeconds(10)));
  }

  @Test
  void a_busy_service_is_left_alone_as_long_as_it_asks() {
    cloud.next.add(429);
    Outcome.PutOff busy = (Outcome.PutOff) executor.start(task(1, Phase.STARTING, null));
    assertThat(busy.delay()).isEqualTo(Duration.ofSeconds(7));
    assertThat(busy.why()).contains("429", "as the test wants");

    cloud.next.addAll(List.of(503, 500));
    assertThat(executor.start(task(1, Phase.STARTING, null))).isInstanceOf(Outcome.PutOff.class);
    assertThat(executor.look(task(2, Phase.RUNNING, JOB + "/executions/e-1")))
        .isInstanceOf(Outcome.PutOff.class);
    assertThat(cloud.executions).isEmpty();
  }

  @Test
  void a_refusal_fails_with_its_reason() {
    cloud.next.add(403);
    Outcome.Ended refused = (Outcome.Ended) executor.start(task(1, Phase.STARTING, null));
    assertThat(refused.kind()).isEqualTo(EndReport.Outcome.LAUNCH_FAILED);
    assertThat(refused.reason()).contains("403", "as the test wants");

    Outcome.Ended unknown = (Outcome.Ended) executor("wrong").start(task(1, Phase.STARTING, null));
    assertThat(unknown.reason()).contains("401");
  }

  @Test
  void a_tenant_runs_only_what_it_may() {
    CloudRunExecutor strict =
        new CloudRunExecutor(api(FakeCloudRun.TOKEN), Set.of("other:my-project"), Duration.ZERO);

    Outcome.Ended ended = (Outcome.Ended) strict.start(task(1, Phase.STARTING, null));

    assertThat(ended.reason()).contains("hodei.cloud-run.allow");
    assertThat(cloud.requests).isEmpty();
  }

  @Test
  void a_cancelled_execution_is_over_when_the_service_says_so() {
    executor.start(task(1, Phase.STARTING, null));
    ExternalTask cancelling = task(2, Phase.CANCELLING, JOB + "/executions/e-1");

    assertThat(executor.cancel(cancelling)).isInstanceOf(Outcome.PutOff.class);
    assertThat(cloud.execution(JOB + "/executions/e-1").cancelled).isTrue();
    Outcome.Ended ended = (Outcome.Ended) executor.cancel(cancelling);
    assertThat(ended.kind()).isEqualTo(EndReport.Outcome.CANCELLED);
  }

  @Test
  void what_never_began_is_over_at_once_and_what_began_unseen_is_found() {
    Outcome.Ended nothing = (Outcome.Ended) executor.cancel(task(2, Phase.CANCELLING, null));
    assertThat(nothing.kind()).isEqualTo(EndReport.Outcome.CANCELLED);

    cloud.losesAnswers = true;
    executor.start(task(1, Phase.STARTING, null));
    assertThat(executor.cancel(task(3, Phase.CANCELLING, null))).isInstanceOf(Outcome.PutOff.class);
    assertThat(cloud.execution(JOB + "/executions/e-1").cancelled).isTrue();
  }

  @Test
  void a_late_success_stays_one() {
    executor.start(task(1, Phase.STARTING, null));
    cloud.execution(JOB + "/executions/e-1").state = "CONDITION_SUCCEEDED";

    Outcome.Ended ended =
        (Outcome.Ended) executor.cancel(task(2, Phase.CANCELLING, JOB + "/executions/e-1"));
    assertThat(ended.succeeded()).isTrue();
  }

  /** Tokens are asked for once while they are valid, and again when one was refused. */
  @Test
  void tokens_of_the_metadata_server_are_kept() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    long[] now = {0};
    var server =
        com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext(
        "/",
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Metadata-Flavor")).isEqualTo("Google");
          byte[] body =
              "{\"access_token\":\"t%d\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
                  .formatted(asked.incrementAndGet())
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      MetadataTokens tokens =
          new MetadataTokens(
              calls,
              URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token"),
              () -> now[0]);
      assertThat(tokens.token()).isEqualTo("t1");
      assertThat(tokens.token()).isEqualTo("t1");
      now[0] = Duration.ofMinutes(59).toNanos();
      assertThat(tokens.token()).isEqualTo("t2");
      tokens.refused();
      assertThat(tokens.token()).isEqualTo("t3");
    } finally {
      server.stop(0);
    }
  }

  private CloudRun api(String token) {
    return new CloudRun(calls, new FixedToken(token), cloud.url());
  }

  private CloudRunExecutor executor(String token) {
    return new CloudRunExecutor(api(token), Set.of("*:my-project"), Duration.ofHours(1));
  }

  private static ExternalTask task(int looks, Phase phase, @Nullable String name) {
    return new Task(1).with(looks, phase, name);
  }

  private record FixedToken(String token) implements TokenProvider {
    @Override
    public void refused() {
      // It stays what it is.
    }
  }

  private record Task(int epoch) {
    ExternalTask with(int looks, Phase phase, @Nullable String name) {
      JobSpec spec =
          new JobSpec(
              "cloud-run",
              List.of(),
              null,
              Map.of(),
              new byte[0],
              null,
              null,
              Duration.ZERO,
              Timeouts.NONE,
              RetryPolicy.NONE,
              0,
              SPEC);
      return new ExternalTask(
          77,
          epoch,
          1,
          "acme",
          5,
          looks,
          phase,
          name,
          null,
          spec,
          null,
          true,
          false,
          Duration.ZERO);
    }
  }
}
