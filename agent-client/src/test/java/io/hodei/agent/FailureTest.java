package io.hodei.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.agent.testing.AgentProcess;
import io.hodei.agent.testing.HwpCluster;
import io.hodei.agent.testing.HwpNode;
import io.hodei.agent.testing.Jobs;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogStream;
import io.hodei.protocol.hwp.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds when connections, nodes, the agent's JVM or the server's memory fail. */
class FailureTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** Children that try to get away: own session, hang-up ignored, parent gone. */
  private static final String ESCAPING =
      "(setsid nohup sleep 71 >/dev/null 2>&1 &); (sleep 72 & exec sleep 73) & echo up; sleep 74";

  @TempDir Path directory;
  private final HwpCluster cluster = new HwpCluster();
  private HwpNode node;
  private HwpNode other;
  private AgentProcess agent;

  @BeforeEach
  void start() throws IOException {
    node = new HwpNode(cluster);
    other = new HwpNode(cluster);
    node.knows(other);
    other.knows(node);
    agent = launch();
  }

  @AfterEach
  void stop() throws IOException {
    agent.close();
    node.close();
    other.close();
    await().atMost(LIMIT).untilAsserted(() -> assertThat(agent.leftovers()).isEmpty());
    assertThat(cluster.breaches).isEmpty();
  }

  @Test
  void a_megabyte_survives_many_cuts_byte_for_byte() throws Exception {
    byte[] bytes = new byte[1 << 20];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(directory.resolve("megabyte"), bytes);
    connect();
    node.assign(
        Jobs.shell(
            1,
            "for i in 0 1 2 3 4 5 6 7; do dd if="
                + file
                + " bs=131072 skip=$i count=1 2>/dev/null; sleep 0.15; done"));
    for (int cut = 0; cut < 4; cut++) {
      int before = cluster.chunks(1, 1);
      await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > before);
      node.cut();
      other.cut();
    }
    Finished end = end(1, 1);
    assertThat(cluster.output(1, 1, LogStream.STDOUT)).isEqualTo(bytes);
    assertThat(end.getStdout().getSha256().toByteArray())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(node.connections.get() + other.connections.get()).isGreaterThan(3);
  }

  @Test
  void the_loss_of_its_node_does_not_interrupt_a_job() throws IOException {
    connect();
    node.assign(Jobs.shell(1, "echo pid $$; sleep 1.5; echo done"));
    await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > 0);
    long cut = System.nanoTime();
    node.close();
    await().atMost(LIMIT).until(other::connected);
    assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(3));
    assertThat(end(1, 1).getExitCode()).isZero();
    assertThat(cluster.text(1, 1, LogStream.STDOUT)).endsWith("done\n");
    assertThat(cluster.hellos.getLast().getHeldList()).hasSize(1);
  }

  @Test
  void a_busy_node_is_waited_for_while_the_lease_lasts() throws IOException {
    connect();
    node.assign(Jobs.shell(1, "echo up; sleep 5; echo done"));
    await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > 0);
    other.thinksFor(Duration.ofSeconds(3));
    node.close();
    assertThat(end(1, 1).getExitCode()).isZero();
    assertThat(other.connections.get()).isEqualTo(1);
  }

  @Test
  void a_half_open_connection_is_left() throws IOException {
    connect();
    node.goSilent();
    await().atMost(Duration.ofSeconds(6)).until(other::connected);
  }

  @Test
  void a_node_that_moves_is_left_at_once() throws IOException {
    connect();
    node.moving();
    await().atMost(Duration.ofSeconds(2)).until(other::connected);
  }

  @Test
  void without_renewals_it_ends_everything_by_itself() throws IOException {
    cluster.selfFenceMillis = 2000;
    connect();
    node.assign(Jobs.shell(1, ESCAPING));
    await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > 0);
    await().atMost(LIMIT).until(() -> cluster.lastHeartbeat.getBeat() > 3);
    node.goSilent();
    other.refuse("later", true);
    await()
        .atMost(Duration.ofSeconds(4))
        .untilAsserted(() -> assertThat(agent.leftovers()).isEmpty());
    other.welcomeAgain();
    Finished end = end(1, 1);
    assertThat(end.getOutcome()).isEqualTo(Outcome.AGENT_LOST);
    assertThat(end.getTreeEnded()).isTrue();
  }

  @Test
  void kill_9_of_the_agent_leaves_no_process_and_it_is_reported_after_its_restart()
      throws IOException {
    connect();
    node.assign(Jobs.shell(1, ESCAPING), Jobs.shell(2, "head -c 300000 /dev/zero; exit 5"));
    await().atMost(LIMIT).until(() -> cluster.hasFinished(2, 1) && cluster.chunks(1, 1) > 0);
    cluster.withholdAcks = true;
    node.assign(Jobs.shell(3, "echo unacknowledged; exit 6"));
    await().atMost(LIMIT).until(() -> cluster.hasFinished(3, 1));
    assertThat(agent.leftovers()).isNotEmpty();

    agent.process().destroyForcibly().onExit().join();
    await()
        .atMost(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(agent.leftovers()).isEmpty());
    cluster.loseOutput(3, 1);
    cluster.withholdAcks = false;
    agent = launch();

    assertThat(end(1, 1).getOutcome()).isEqualTo(Outcome.AGENT_LOST);
    assertThat(end(1, 1).getTreeEnded()).isTrue();
    assertThat(end(1, 1).getStdout().getLength()).isEqualTo(3);
    assertThat(end(3, 1).getExitCode()).isEqualTo(6);
    assertThat(cluster.text(3, 1, LogStream.STDOUT)).isEqualTo("unacknowledged\n");
    assertThat(cluster.hellos.getLast().getSessionId()).isEqualTo(1);
  }

  @Test
  void a_stopped_jvm_cannot_keep_processes_beyond_its_lease() throws IOException {
    cluster.selfFenceMillis = 2000;
    connect();
    node.assign(Jobs.shell(1, ESCAPING));
    await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > 0);
    agent.signal("STOP");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(agent.leftovers()).isEmpty());
    agent.signal("CONT");
    assertThat(end(1, 1).getOutcome()).isEqualTo(Outcome.AGENT_LOST);
    assertThat(end(1, 1).getTreeEnded()).isTrue();
  }

  @Test
  void what_the_server_gave_to_others_is_ended_and_forgotten() throws IOException {
    connect();
    node.assign(Jobs.shell(1, ESCAPING));
    await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > 0);
    node.drop(1, 1);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(agent.leftovers()).isEmpty());
    node.cut();
    await().atMost(LIMIT).until(() -> cluster.hellos.size() > 1);
    assertThat(cluster.hellos.getLast().getHeldList()).isEmpty();
    assertThat(cluster.hasFinished(1, 1)).isFalse();
  }

  @Test
  void a_session_that_is_over_takes_everything_with_it() throws IOException {
    connect();
    node.assign(Jobs.shell(1, ESCAPING));
    await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > 0);
    cluster.forgetSession = true;
    node.cut();
    await().atMost(LIMIT).until(() -> cluster.hellos.size() > 1);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(agent.leftovers()).isEmpty());
    node.close();
    await().atMost(LIMIT).until(other::connected);
    other.assign(Jobs.shell(2, "echo new"));
    assertThat(end(2, 1).getExitCode()).isZero();
  }

  @Test
  void all_output_is_sent_again_when_the_server_lost_it() throws IOException {
    cluster.withholdAcks = true;
    connect();
    node.assign(Jobs.shell(1, "head -c 500000 /dev/zero; echo err >&2; exit 4"));
    end(1, 1);
    cluster.loseOutput(1, 1);
    node.resendLog(1, 1);
    node.acknowledge(); // the first end, too: the output must be kept all the same
    cluster.withholdAcks = false;
    assertThat(end(1, 1).getExitCode()).isEqualTo(4);
    assertThat(cluster.output(1, 1, LogStream.STDOUT)).hasSize(500_000);
    assertThat(cluster.text(1, 1, LogStream.STDERR)).isEqualTo("err\n");
    node.assign(Jobs.shell(2, "true"));
    end(2, 1);
  }

  @Test
  void sigterm_lets_jobs_finish_gives_back_the_rest_and_exits_with_0() throws IOException {
    connect();
    node.assign(Jobs.shell(1, "sleep 1; echo finished"), Jobs.shell(2, "sleep 1; echo finished"));
    node.assign(Jobs.shell(3, "echo never"));
    await().atMost(LIMIT).until(() -> cluster.hasStarted(1, 1) && cluster.hasStarted(2, 1));
    agent.signal("TERM");
    assertThat(agent.process().onExit().join().exitValue()).isZero();
    assertThat(end(1, 1).getOutcome()).isEqualTo(Outcome.EXITED);
    assertThat(end(2, 1).getOutcome()).isEqualTo(Outcome.EXITED);
    assertThat(cluster.returned.getFirst().getAttempts(0).getJobId()).isEqualTo(3);
    assertThat(cluster.lastHeartbeat.getDraining()).isTrue();
    assertThat(cluster.goodbyes).hasSize(1);
  }

  @Test
  void a_second_sigterm_ends_jobs_at_once() throws IOException {
    connect();
    node.assign(Jobs.shell(1, "echo up; trap '' TERM; sleep 75"));
    await().atMost(LIMIT).until(() -> cluster.chunks(1, 1) > 0);
    agent.signal("TERM");
    await().atMost(LIMIT).until(() -> cluster.lastHeartbeat.getDraining());
    agent.signal("TERM");
    assertThat(
            agent
                .process()
                .onExit()
                .orTimeout(8, java.util.concurrent.TimeUnit.SECONDS)
                .join()
                .exitValue())
        .isZero();
    assertThat(end(1, 1).getOutcome()).isEqualTo(Outcome.AGENT_LOST);
  }

  @Test
  void a_refusal_for_good_ends_the_agent_with_3() throws IOException {
    agent.close();
    node.refuse("version", false);
    agent = launch();
    assertThat(agent.process().onExit().join().exitValue()).isEqualTo(3);
    assertThat(agent.log()).contains("refused").contains("as told");
  }

  @Test
  void a_full_spool_slows_jobs_down_and_loses_nothing() throws IOException {
    agent.close();
    agent = launch("--spool-limit=1048576");
    connect();
    cluster.withholdAcks = true;
    node.assign(Jobs.shell(1, "head -c 6000000 /dev/zero; echo end >&2"));
    await().atMost(LIMIT).until(() -> agent.log().contains("spool is full"));
    int stalled = cluster.chunks(1, 1);
    assertThat(stalled).isLessThan(30);
    assertThat(cluster.hasFinished(1, 1)).isFalse();
    cluster.withholdAcks = false;
    node.acknowledge();
    Finished end = end(1, 1);
    assertThat(end.getStdout().getLength()).isEqualTo(6_000_000);
    assertThat(end.getStdout().getDropped()).isZero();
    assertThat(cluster.output(1, 1, LogStream.STDOUT)).hasSize(6_000_000);
  }

  private AgentProcess launch(String... more) throws IOException {
    List<String> all = new java.util.ArrayList<>(List.of("--slots=2"));
    all.addAll(List.of(more));
    return AgentProcess.start(directory.resolve("agent"), node, all.toArray(String[]::new));
  }

  private void connect() {
    await().atMost(LIMIT).until(node::connected);
  }

  private Finished end(long job, int epoch) {
    await("job " + job).atMost(LIMIT).until(() -> cluster.hasFinished(job, epoch));
    return cluster.finished(job, epoch);
  }
}
