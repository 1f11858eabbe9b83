package io.hodei.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.hodei.agent.testing.AgentProcess;
import io.hodei.agent.testing.HwpCluster;
import io.hodei.agent.testing.HwpNode;
import io.hodei.agent.testing.Jobs;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogStream;
import io.hodei.protocol.hwp.Outcome;
import io.hodei.protocol.hwp.Spec;
import io.hodei.protocol.hwp.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a job sees of its host, and what the server learns of its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessJobsTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Path directory;
  private final AtomicLong jobs = new AtomicLong();
  private final HwpCluster cluster = new HwpCluster();
  private HwpNode node;
  private AgentProcess agent;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    node = new HwpNode(cluster);
    agent = AgentProcess.start(directory.resolve("agent"), node, "--slots=4");
    await().atMost(LIMIT).until(node::connected);
  }

  @AfterAll
  void stop() throws Exception {
    agent.close();
    node.close();
    assertThat(cluster.breaches).isEmpty();
  }

  @Test
  void the_exit_code_is_the_process_own() throws IOException {
    Finished end = run(Jobs.shell(id(), "exit 7"));
    assertThat(end.getOutcome()).isEqualTo(Outcome.EXITED);
    assertThat(end.getExitCode()).isEqualTo(7);
    assertThat(end.getSignal()).isZero();
    assertThat(end.getTreeEnded()).isTrue();
  }

  @Test
  void a_signal_is_not_taken_for_an_exit_code() throws IOException {
    Finished killed = run(Jobs.shell(id(), "kill -9 $$"));
    assertThat(killed.getSignal()).isEqualTo(9);
    Finished exited = run(Jobs.shell(id(), "exit 137"));
    assertThat(exited.getSignal()).isZero();
    assertThat(exited.getExitCode()).isEqualTo(137);
  }

  @Test
  void argv_arrives_untouched() throws IOException {
    long job = id();
    run(Jobs.argv(job, "printf", "%s|", "a b", "line\nbreak", "-n", "--", "$HOME `id` ;", "", "ñ"));
    assertThat(cluster.text(job, 1, LogStream.STDOUT))
        .isEqualTo("a b|line\nbreak|-n|--|$HOME `id` ;||ñ|");
  }

  @Test
  void the_environment_starts_from_nothing() throws IOException {
    long job = id();
    Assignment.Builder assignment =
        Jobs.assignment(
            job,
            1,
            Spec.newBuilder()
                .addCommand("env")
                .putEnvironment("GIVEN", "a\nb")
                .putEnvironment("odd.name", "x y"));
    run(assignment.putContext("HODEI_JOB_ID", "42").build());
    String printed = cluster.text(job, 1, LogStream.STDOUT);
    assertThat(printed)
        .contains("GIVEN=a\nb\n")
        .contains("odd.name=x y")
        .contains("HODEI_JOB_ID=42");
    assertThat(printed).doesNotContain("LEAKED").doesNotContain(HwpNode.TOKEN);
    assertThat(
            printed
                .lines()
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('='))))
        .containsExactlyInAnyOrder(
            "PATH",
            "HOME",
            "PWD",
            "LANG",
            "GIVEN",
            "odd.name",
            "HODEI_JOB_ID",
            "HODEI_RESULT_FILE",
            "HODEI_TREE");
  }

  @Test
  void input_reaches_the_process() throws IOException {
    long job = id();
    byte[] input = new byte[300_000];
    new java.util.Random(1).nextBytes(input);
    run(Jobs.withInput(job, ByteString.copyFrom(input), "cat"));
    assertThat(cluster.output(job, 1, LogStream.STDOUT)).isEqualTo(input);
  }

  @Test
  void streams_are_kept_apart() throws IOException {
    long job = id();
    Finished end = run(Jobs.shell(job, "echo out; echo err >&2; echo out2"));
    assertThat(cluster.text(job, 1, LogStream.STDOUT)).isEqualTo("out\nout2\n");
    assertThat(cluster.text(job, 1, LogStream.STDERR)).isEqualTo("err\n");
    assertThat(end.getStdout().getLength()).isEqualTo(9);
    assertThat(end.getChunks()).isEqualTo(cluster.chunks(job, 1));
  }

  @Test
  void the_result_file_is_reported_and_the_working_directory_removed() throws IOException {
    Finished end = run(Jobs.shell(id(), "touch here; echo '{\"a\":1}' > $HODEI_RESULT_FILE"));
    assertThat(end.getResult().toStringUtf8()).isEqualTo("{\"a\":1}\n");
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(children(directory.resolve("agent/attempts"))).isEmpty());
  }

  @Test
  void what_cannot_be_started_says_why() throws IOException {
    assertThat(launchFailure(Jobs.argv(id(), "no-such-program")))
        .contains("no-such-program")
        .contains("does not exist");
    assertThat(launchFailure(Jobs.argv(id(), "/etc/passwd"))).contains("not executable");
    Path script = Files.writeString(directory.resolve("script"), "#!/no/such/interpreter\n");
    script.toFile().setExecutable(true);
    assertThat(launchFailure(Jobs.argv(id(), script.toString()))).contains("/no/such/interpreter");
  }

  @Test
  void a_job_that_runs_too_long_is_ended() throws IOException {
    Assignment assignment =
        Jobs.shell(id(), 1, "trap '' TERM; sleep 60").setRunTimeoutMillis(300).build();
    Finished end =
        run(
            assignment.toBuilder()
                .setSpec(assignment.getSpec().toBuilder().setKillGraceMillis(200))
                .build());
    assertThat(end.getOutcome()).isEqualTo(Outcome.RUN_TIMEOUT);
    assertThat(end.getTreeEnded()).isTrue();
  }

  @Test
  void cancel_asks_first_and_then_kills_the_whole_tree() throws IOException {
    long polite = id();
    node.assign(
        Jobs.shell(polite, "trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.05; done"));
    await().atMost(LIMIT).until(() -> cluster.chunks(polite, 1) > 0);
    node.cancel(polite, 1);
    Finished asked = end(polite);
    assertThat(asked.getOutcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(cluster.text(polite, 1, LogStream.STDOUT)).isEqualTo("up\nbye\n");

    long stubborn = id();
    node.assign(
        Jobs.shell(
            stubborn,
            "trap '' TERM; (setsid nohup sleep 61 &) ; (sleep 62 & exec sleep 63) & echo up; sleep 64"));
    await().atMost(LIMIT).until(() -> cluster.chunks(stubborn, 1) > 0);
    node.cancel(stubborn, 1, 200);
    Finished killed = end(stubborn);
    assertThat(killed.getOutcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(killed.getTreeEnded()).isTrue();
    assertThat(marked(stubborn)).isEmpty();
  }

  @Test
  void a_cancel_without_grace_kills_at_once_also_what_was_asked_to_end_before() throws IOException {
    long asked = id();
    node.assign(slowToEnd(asked));
    await().atMost(LIMIT).until(() -> cluster.chunks(asked, 1) > 0);
    node.cancel(asked, 1);
    await().atMost(LIMIT).until(() -> cluster.text(asked, 1, LogStream.STDOUT).contains("asked"));
    node.cancel(asked, 1, 0);
    assertThat(end(asked).getOutcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(marked(asked)).isEmpty();

    long never = id();
    node.assign(slowToEnd(never));
    await().atMost(LIMIT).until(() -> cluster.chunks(never, 1) > 0);
    node.cancel(never, 1, 0);
    assertThat(end(never).getOutcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(cluster.text(never, 1, LogStream.STDOUT)).isEqualTo("up\n");
  }

  @Test
  void a_cancel_that_is_repeated_asks_once() throws IOException {
    long job = id();
    node.assign(slowToEnd(job));
    await().atMost(LIMIT).until(() -> cluster.chunks(job, 1) > 0);
    for (int i = 0; i < 3; i++) {
      node.cancel(job, 1);
      await().atMost(LIMIT).until(() -> cluster.text(job, 1, LogStream.STDOUT).contains("asked"));
    }
    node.cancel(job, 1, 300);
    end(job);
    // Once by the spec's grace, once more by the shorter one.
    assertThat(cluster.text(job, 1, LogStream.STDOUT)).isEqualTo("up\nasked\nasked\n");
  }

  @Test
  void a_spec_without_grace_is_killed_at_once() throws IOException {
    long job = id();
    Assignment slow = slowToEnd(job);
    node.assign(slow.toBuilder().setSpec(slow.getSpec().toBuilder().setKillGraceMillis(0)).build());
    await().atMost(LIMIT).until(() -> cluster.chunks(job, 1) > 0);
    node.cancel(job, 1);
    end(job);
    assertThat(cluster.text(job, 1, LogStream.STDOUT)).isEqualTo("up\n");
  }

  /** Says that it was asked, and goes on for a minute. */
  private static Assignment slowToEnd(long job) {
    Assignment script =
        Jobs.shell(
            job, "trap 'echo asked' TERM; echo up; for i in $(seq 1200); do sleep 0.05; done");
    return script.toBuilder()
        .setSpec(script.getSpec().toBuilder().setKillGraceMillis(60_000))
        .build();
  }

  @Test
  void what_a_job_leaves_behind_ends_with_it() throws IOException {
    long job = id();
    Finished end =
        run(Jobs.shell(job, "(setsid nohup sleep 65 >/dev/null 2>&1 &); sleep 66 & exit 0"));
    assertThat(end.getTreeEnded()).isTrue();
    assertThat(marked(job)).isEmpty();
  }

  @Test
  void use_of_cpu_and_memory_is_reported() throws IOException {
    Finished end =
        run(Jobs.shell(id(), "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; sleep 0.7"));
    assertThat(end.getCpuMicros()).isBetween(10_000L, 10_000_000L);
    assertThat(end.getPeakMemoryBytes()).isBetween(500_000L, 100_000_000L);
  }

  @Test
  void a_job_of_some_seconds_shows_what_it_used_and_a_short_one_does_not() throws IOException {
    long quick = id();
    run(Jobs.shell(quick, "sleep 0.2"));
    long job = id();
    Finished end = run(Jobs.shell(job, "timeout 5.6 sh -c 'while :; do :; done'; sleep 1; exit 0"));

    assertThat(cluster.usages).noneMatch(usage -> usage.getJobId() == quick);
    List<Usage> pictures =
        cluster.usages.stream().filter(usage -> usage.getJobId() == job).toList();
    // One on the way, one at the end.
    assertThat(pictures).hasSize(2);
    Usage last = pictures.getLast();
    assertThat(last.getEpoch()).isEqualTo(1);
    assertThat(last.getStepMillis()).isEqualTo(1000);
    assertThat(last.getCoveredMillis()).isBetween(6_000L, 15_000L);
    assertThat(last.getCpuPermilleList()).anyMatch(permille -> permille > 300);
    assertThat(last.getMemoryBytesList()).hasSameSizeAs(last.getCpuPermilleList());
    assertThat(last.getMemoryBytesList())
        .allMatch(bytes -> bytes <= end.getPeakMemoryBytes())
        .anyMatch(bytes -> bytes == end.getPeakMemoryBytes());
  }

  @Test
  void the_same_assignment_runs_once_while_it_runs_and_while_its_end_is_not_acknowledged()
      throws IOException {
    long job = id();
    Path runs = directory.resolve("runs");
    Assignment assignment = Jobs.shell(job, "echo run >> " + runs + "; sleep 0.3");
    cluster.withholdAcks = true;
    node.assign(assignment);
    await().atMost(LIMIT).until(() -> Files.exists(runs));
    node.assign(assignment, assignment);
    assertThat(end(job).getSignal()).isZero();
    node.assign(assignment);
    run(Jobs.shell(id(), "sleep 0.3"));
    cluster.withholdAcks = false;
    node.acknowledge();
    assertThat(Files.readAllLines(runs)).hasSize(1);
  }

  @Test
  void a_newer_attempt_waits_until_the_older_is_gone() throws IOException {
    long job = id();
    Path lock = directory.resolve("lock");
    String crowd = "i=0; while [ $i -lt 800 ]; do sleep 67 & i=$((i+1)); done; echo up; wait";
    node.assign(Jobs.shell(job, 1, "exec 9>" + lock + "; flock 9; " + crowd).build());
    await().atMost(LIMIT).until(() -> cluster.chunks(job, 1) > 0);
    String look = "exec 9>" + lock + "; flock -n 9";
    node.assign(Jobs.shell(job, 2, look).build(), Jobs.shell(job, 3, look).build());
    await().atMost(LIMIT).until(() -> cluster.hasFinished(job, 3));
    assertThat(cluster.finished(job, 3).getExitCode()).isZero();
    assertThat(cluster.hasFinished(job, 1)).isFalse();
  }

  @Test
  void output_beyond_the_limit_is_counted_and_dropped() throws IOException {
    long job = id();
    Finished end =
        run(Jobs.shell(job, 1, "head -c 100000 /dev/zero").setLogLimitBytes(70_000).build());
    assertThat(end.getStdout().getLength()).isEqualTo(70_000);
    assertThat(end.getStdout().getDropped()).isEqualTo(30_000);
    assertThat(cluster.output(job, 1, LogStream.STDOUT)).hasSize(70_000);
  }

  @Test
  void noops_go_the_whole_way_in_bulk() throws IOException {
    Assignment[] many =
        Stream.generate(() -> Jobs.noop(id())).limit(2000).toArray(Assignment[]::new);
    node.assign(many);
    await().atMost(LIMIT).until(() -> cluster.hasFinished(many[1999].getJobId(), 1));
    for (Assignment one : many) {
      assertThat(cluster.finished(one.getJobId(), 1).getOutcome()).isEqualTo(Outcome.EXITED);
    }
  }

  @Test
  void more_assignments_than_slots_wait_for_a_slot() throws IOException {
    Map<Long, Assignment> all = new java.util.HashMap<>();
    for (int i = 0; i < 10; i++) {
      Assignment assignment = Jobs.shell(id(), "sleep 0.05");
      all.put(assignment.getJobId(), assignment);
    }
    node.assign(all.values().toArray(Assignment[]::new));
    for (long job : all.keySet()) {
      assertThat(end(job).getOutcome()).isEqualTo(Outcome.EXITED);
    }
  }

  private String launchFailure(Assignment assignment) throws IOException {
    Finished end = run(assignment);
    assertThat(end.getOutcome()).isEqualTo(Outcome.LAUNCH_FAILED);
    assertThat(end.getTreeEnded()).isTrue();
    return end.getReason();
  }

  private Finished run(Assignment assignment) throws IOException {
    node.assign(assignment);
    return end(assignment.getJobId());
  }

  private Finished end(long job) {
    await("job " + job)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> cluster.hasFinished(job, 1));
    return cluster.finished(job, 1);
  }

  private List<Long> marked(long job) throws IOException {
    return agent.leftovers().stream()
        .filter(pid -> environment(pid).contains("." + job + ".1\0"))
        .toList();
  }

  private static String environment(long pid) {
    try {
      return Files.readString(
          Path.of("/proc/" + pid + "/environ"), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    }
  }

  private long id() {
    return jobs.incrementAndGet();
  }
}
