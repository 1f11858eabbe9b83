package io.hodei.agent.process;

import io.hodei.agent.spool.AttemptId;
import io.hodei.protocol.hwp.Usage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts commands contained, and samples what their trees use. */
public final class Containers {
  private static final System.Logger LOG = System.getLogger(Containers.class.getName());
  private static final String MARK = "HODEI_TREE";
  private static final long SAMPLE_MILLIS = 500;
  private static final long FIRST_SAMPLE_MILLIS = 20;

  private final String agentId;
  private final Spawner spawner;
  private final Containment containment;
  private final boolean exact;
  private final String init;
  private final ProcessTable table = ProcessTable.ofThisHost();
  private final Set<ProcessTree> trees = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("hodei-sampler").factory());

  /**
   * @param agentId marks the processes of this agent among all others
   */
  public Containers(String agentId, Spawner spawner) throws InterruptedException {
    this.agentId = agentId;
    this.spawner = spawner;
    ContainmentProbe probe = new ContainmentProbe(spawner);
    this.containment = probe.strongest();
    this.exact = probe.tellsSignals();
    this.init = Scripts.named(exact ? "init.sh" : "init-plain.sh");
    var unused =
        sampler.scheduleWithFixedDelay(
            this::sample, SAMPLE_MILLIS, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
  }

  public Containment containment() {
    return containment;
  }

  /** Why the command cannot be started, if so. */
  public Optional<String> problem(Launch launch) {
    return LaunchCheck.problem(launch);
  }

  public ProcessTree start(AttemptId id, Launch launch) throws IOException, InterruptedException {
    String value = agentId + "." + Long.toUnsignedString(id.job()) + "." + id.epoch();
    Map<String, String> environment = new HashMap<>(launch.environment());
    environment.put(MARK, value);
    Launch marked = new Launch(launch.command(), environment, launch.directory(), launch.status());
    Process process = spawner.start(marked.builder(containment, init));
    TreeUsage usage = new TreeUsage(id, System.nanoTime());
    ProcessTree tree = new ProcessTree(process, launch, MARK + "=" + value, usage, this);
    trees.add(tree);
    var unused = process.onExit().thenRun(() -> trees.remove(tree));
    var unusedToo = sampler.schedule(this::sample, FIRST_SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    return tree;
  }

  /** What the running trees used so far, of those whose time to tell it has come. */
  public List<Usage> dueUsage() {
    long now = System.nanoTime();
    List<Usage> due = new ArrayList<>();
    trees.forEach(tree -> tree.dueUsage(now).ifPresent(due::add));
    return due;
  }

  boolean exact() {
    return exact;
  }

  ProcessTable table() {
    return table;
  }

  private void sample() {
    try {
      if (!trees.isEmpty()) {
        List<ProcessEntry> snapshot = table.snapshot();
        trees.forEach(tree -> tree.sample(snapshot));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "resource use could not be sampled this time", e);
    }
  }
}
