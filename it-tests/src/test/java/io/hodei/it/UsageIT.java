package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.CommandLine;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.RawAgent;
import io.hodei.it.testing.SharedCluster;
import io.hodei.platform.Id;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.Outcome;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.protocol.hwp.Started;
import io.hodei.protocol.hwp.Usage;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What attempts use over time, from the process to the person. */
@Order(4)
class UsageIT {
  /** Each element costs some microseconds: memory grows steadily, by some tens of MiB in all. */
  private static final String CRUNCH =
      "timeout 15 awk 'BEGIN { for (i = 0; ; i++) { a[i] = i; for (j = 0; j < 400; j++) x += j } }'; true";

  private final DevCluster cluster = SharedCluster.get();
  private final Api api = SharedCluster.api();
  private final Jobs jobs = new Jobs(api);
  private final String run = "use-" + UUID.randomUUID().toString().substring(0, 8);

  private JsonObject resources(String id) {
    return api.get("/jobs/" + id + "/resources").expect(200).json();
  }

  private JsonObject awaitResources(String id, Predicate<JsonObject> condition) {
    return await("resources of " + id)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> resources(id), condition);
  }

  private static List<Double> cores(JsonObject usage) {
    return usage.getJsonArray("cpuCores").getValuesAs(JsonNumber::doubleValue);
  }

  private static List<Long> memory(JsonObject usage) {
    return usage.getJsonArray("memoryBytes").getValuesAs(JsonNumber::longValueExact);
  }

  @Test
  void what_a_job_uses_shows_while_it_runs_and_afterwards() throws Exception {
    String id = jobs.submit(Jobs.script(run, CRUNCH));
    JsonObject early = awaitResources(id, usage -> !cores(usage).isEmpty());
    assertThat(jobs.state(id)).isEqualTo("RUNNING");
    assertThat(early.getInt("stepMillis")).isEqualTo(1000);
    assertThat(Instant.parse(early.getString("since"))).isBefore(Instant.now().plusSeconds(5));

    JsonObject job = jobs.awaitEnd(id);
    long lived =
        Duration.between(
                Instant.parse(job.getString("startedAt")),
                Instant.parse(job.getString("finishedAt")))
            .toMillis();
    JsonObject whole = awaitResources(id, usage -> usage.getInt("coveredMillis") > lived - 2_000);

    assertThat(Collections.max(cores(whole))).isBetween(0.5, 4.0);
    assertThat(cores(whole)).hasSameSizeAs(memory(whole)).hasSizeGreaterThanOrEqualTo(13);
    assertThat(memory(whole).get(3)).isGreaterThan(0);
    assertThat(memory(whole).get(12)).isGreaterThan(memory(whole).get(3) + (4 << 20));
    JsonObject attempt = jobs.attempts(id).getFirst();
    assertThat(whole.getJsonNumber("peakMemoryBytes"))
        .isEqualTo(attempt.getJsonNumber("peakMemoryBytes"));
    assertThat(whole.getJsonNumber("cpuMicros")).isEqualTo(attempt.getJsonNumber("cpuMicros"));
    assertThat(Collections.max(memory(whole)))
        .isEqualTo(attempt.getJsonNumber("peakMemoryBytes").longValueExact());
    assertThat(whole.containsKey("note")).isFalse();

    List<String> lines =
        new CommandLine(cluster.node(2).url().toString(), cluster.tokenFile())
            .run(List.of("jobs", "resources"), id)
            .texts();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).startsWith("CPU ").contains("█").endsWith("cores");
    assertThat(lines.get(2)).startsWith("Memory ").contains("█").endsWith("MiB");

    api.delete("/jobs/" + id).expect(204);
    assertThat(api.get("/jobs/" + id + "/resources").status()).isEqualTo(404);
  }

  @Test
  void where_there_is_nothing_to_show_it_says_why() {
    String quick = jobs.submit(Jobs.command(run, "true"));
    String waiting =
        jobs.submit(
            Jobs.with(Jobs.command(run, "true"), "requires", "{\"planet\":\"%s\"}".formatted(run)));
    jobs.awaitEnd(quick);

    assertThat(cores(resources(quick))).isEmpty();
    assertThat(resources(quick).getString("note")).contains("less than 2 seconds");
    assertThat(resources(waiting).getString("note")).contains("No agent was given the job");
    Answer none = api.get("/jobs/" + quick + "/resources?attempt=2").expect(404);
    assertThat(none.isProblem()).isTrue();
    assertThat(none.text()).contains("attempt 2 of job").contains("Check");
    api.get("/jobs/" + quick + "/resources?attempt=first").expect(400);
    api.post("/jobs/" + waiting + ":cancel", "{}").expect(202);
  }

  @Test
  void an_agent_that_lies_changes_nothing_and_keeps_its_link() {
    String victim = jobs.submit(Jobs.script(run + "-victim", "sleep 8"));
    jobs.awaitState(victim, "RUNNING");
    String token =
        api.post("/tokens", "{\"name\":\"%s\",\"role\":\"AGENT\"}".formatted(run))
            .expect(201)
            .json()
            .getString("token");
    try (RawAgent agent = new RawAgent(cluster.node(1).url(), token, run, run)) {
      String id = jobs.submit(Jobs.with(Jobs.command(run, "true"), "pool", "\"" + run + "\""));
      Assignment assigned =
          agent.hear(ServerFrame::hasAssign).getAssign().getAssignmentsList().getFirst();
      long job = assigned.getJobId();
      agent.report(
          ClientFrame.newBuilder().setStarted(Started.newBuilder().setJobId(job).setEpoch(1)));
      agent.say(frame(usage(job, 1, 3)));
      awaitResources(id, usage -> cores(usage).size() == 3);

      Usage.Builder honest = usage(job, 1, 4);
      agent.say(
          frame(usage(job, 0, 4)),
          frame(usage(job, 2, 4)),
          frame(usage(job, -1, 4)),
          frame(usage(Id.parse(victim), 1, 4)),
          frame(usage(12345, 1, 4)),
          frame(usage(job, 1, 10_000)),
          frame(usage(job, 1, 121)),
          frame(usage(job, 1, 0)),
          frame(honest.clone().setStepMillis(0)),
          frame(honest.clone().setStepMillis(-5)),
          frame(honest.clone().setCoveredMillis(-5)),
          frame(honest.clone().setCoveredMillis(Long.MAX_VALUE)),
          frame(honest.clone().addMemoryBytes(1)),
          frame(honest.clone().setMemoryBytes(2, -1)),
          frame(honest.clone().setMemoryBytes(2, Long.MAX_VALUE)),
          frame(honest.clone().setCpuPermille(2, -1)),
          frame(honest.clone().setCpuPermille(2, Integer.MAX_VALUE)),
          ofTheFuture());
      // Pictures are stored once a second.
      await()
          .during(Duration.ofMillis(2_500))
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> cores(resources(id)).size() == 3);

      agent.say(frame(usage(job, 1, 5)));
      awaitResources(id, usage -> cores(usage).size() == 5);
      agent.report(
          ClientFrame.newBuilder()
              .setFinished(
                  Finished.newBuilder()
                      .setJobId(job)
                      .setEpoch(1)
                      .setOutcome(Outcome.EXITED)
                      .setTreeEnded(true)));
      assertThat(jobs.awaitEnd(id).getString("state")).isEqualTo("SUCCEEDED");
      assertThat(agent.isCut()).isFalse();
      assertThat(cores(resources(id))).hasSize(5);
      assertThat(cores(resources(victim))).doesNotContain(7.777);
    }
    jobs.awaitEnd(victim);
    assertThat(cores(awaitResources(victim, usage -> cores(usage).size() > 5)))
        .doesNotContain(7.777);
  }

  @Test
  void another_tenant_sees_nothing() {
    String id = jobs.submit(Jobs.script(run, "sleep 3"));
    jobs.awaitEnd(id);
    awaitResources(id, usage -> !cores(usage).isEmpty());
    Api other =
        api.as(
            api.post("/tenants", "{\"name\":\"%s\"}".formatted(run))
                .expect(201)
                .json()
                .getString("adminToken"));
    other.get("/jobs/" + id + "/resources").expect(404);
  }

  private static ClientFrame.Builder frame(Usage.Builder usage) {
    return ClientFrame.newBuilder().setUsage(usage);
  }

  /** A frame that only a newer node would know. */
  private static ClientFrame.Builder ofTheFuture() {
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("?")).build();
    return ClientFrame.newBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(99, field).build());
  }

  private static Usage.Builder usage(long job, int epoch, int points) {
    return Usage.newBuilder()
        .setJobId(job)
        .setEpoch(epoch)
        .setStepMillis(1000)
        .setCoveredMillis(points * 1000L)
        .addAllCpuPermille(Collections.nCopies(points, 7777))
        .addAllMemoryBytes(Collections.nCopies(points, 1L << 20));
  }
}
