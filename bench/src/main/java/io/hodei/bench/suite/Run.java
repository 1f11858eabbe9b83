package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Cpu;
import io.hodei.bench.cluster.Database.Counts;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.cluster.Topology;
import io.hodei.bench.load.Answer;
import io.hodei.bench.load.ClosedLoop;
import io.hodei.bench.load.OpenLoop;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.Publication;
import io.hodei.bench.report.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a suite works with, and where its figures go. */
public final class Run {
  /** A pool without agents: jobs stay where they were put. */
  static final String PARKED = "bench-parked";

  private static final int WARMING_CLIENTS = 8;
  private static final Duration WARMING_TIME = Duration.ofSeconds(10);
  private static final int MOST_WARMING_ROUNDS = 30;
  private static final int QUIET_ROUNDS = 2;

  /** Of one core: with less than that, compilers only follow rare paths. */
  private static final double COMPILED = 0.05;

  /** Of one core, all nodes together, when nothing is asked of them. */
  private static final double AT_REST = 0.01;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final @Nullable Installation installation;
  private final Plan plan;
  private final Consumer<String> progress;
  private final Publication publication;

  /**
   * @param installation null on {@link Topology#NOTHING}
   * @param progress is told which round has begun
   */
  public Run(
      @Nullable Installation installation,
      Plan plan,
      Consumer<String> progress,
      Publication publication) {
    this.installation = installation;
    this.plan = plan;
    this.progress = progress;
    this.publication = publication;
  }

  /** One round; its name is that of its jobs. */
  interface Round {
    Values measure(String name);
  }

  Installation installation() {
    if (installation == null) {
      throw new IllegalStateException("Nothing is installed for this suite");
    }
    return installation;
  }

  Topology topology() {
    return installation == null ? Topology.NOTHING : installation.topology();
  }

  Plan plan() {
    return plan;
  }

  Publication publication() {
    return publication;
  }

  void say(String line) {
    progress.accept(line);
  }

  /** Warms up once, measures as often as planned, and says what every process spent meanwhile. */
  void rounds(String path, String what, Round round) {
    say(path + ": warming up");
    round.measure("bench-%s-0".formatted(path));
    publication.add(new Group(path, what, measured(path, name -> withCpuShares(round, name))));
  }

  /**
   * Sends one kind of request from some clients at once until the rate has stopped rising and the
   * nodes' JVMs have compiled what it needs. Until then a request takes several times the CPU, and
   * at 50 a second that would last longer than the whole measurement.
   */
  void warmUp(String what, Supplier<Request> request) {
    List<Double> rates = new ArrayList<>();
    boolean warm = plan.quick();
    while (!warm && rates.size() < MOST_WARMING_ROUNDS) {
      double compiling =
          compilersDuring(
              () ->
                  rates.add(
                      clients(WARMING_CLIENTS)
                          .during(WARMING_TIME, request, Answer::status)
                          .perSecond()));
      say(
          "warming up: %.0f %s/s, compilers at %.0f %% of a core"
              .formatted(rates.getLast(), what, 100 * compiling));
      warm = Settling.isSettled(rates) && compiling < COMPILED;
    }
  }

  /**
   * Waits until the nodes' JVMs have compiled what a start left to them, for five minutes at most.
   */
  void awaitCompilers() {
    int quiet = plan.quick() ? QUIET_ROUNDS : 0;
    for (int round = 0; quiet < QUIET_ROUNDS && round < MOST_WARMING_ROUNDS; round++) {
      double compiling =
          compilersDuring(() -> OpenLoop.sleepUntil(System.nanoTime() + WARMING_TIME.toNanos()));
      say("waiting: compilers at %.1f %% of a core".formatted(100 * compiling));
      quiet = compiling < AT_REST ? quiet + 1 : 0;
    }
  }

  /** What compilers take of one core while something goes on. */
  private double compilersDuring(Runnable what) {
    long began = System.nanoTime();
    long before = installation().compilerNanos();
    what.run();
    return (double) (installation().compilerNanos() - before) / (System.nanoTime() - began);
  }

  /** Measures as often as planned. */
  List<Values> measured(String path, Round round) {
    List<Values> measured = new ArrayList<>();
    for (int i = 1; i <= plan.rounds(); i++) {
      say("%s: round %d/%d".formatted(path, i, plan.rounds()));
      measured.add(round.measure("bench-%s-%d".formatted(path, i)));
    }
    return measured;
  }

  ClosedLoop clients(int count) {
    return new ClosedLoop(count, installation()::endpoint);
  }

  /** Waits for the jobs of this name and refuses when one is missing, failed or has no history. */
  void requireAllSucceeded(String name, long submitted) {
    installation().awaitEnd(name, PATIENCE);
    Counts counts = installation().database().counts(name);
    if (!counts.equals(new Counts(submitted, submitted, submitted))) {
      throw new BenchException(
          "%d jobs named %s were acknowledged, but the database holds %s."
              .formatted(submitted, name, counts));
    }
  }

  /** Refuses when an acknowledged job of this name is not stored, or one more is. */
  void requireStored(String name, long acknowledged) {
    long stored = installation().database().counts(name).jobs();
    if (stored != acknowledged) {
      throw new BenchException(
          "%d jobs named %s were acknowledged, but %d are stored."
              .formatted(acknowledged, name, stored));
    }
  }

  private Values withCpuShares(Round round, String name) {
    Cpu before = installation().cpu();
    long began = System.nanoTime();
    Values values = round.measure(name);
    double available =
        (System.nanoTime() - began) * (double) Runtime.getRuntime().availableProcessors();
    Cpu spent = installation().cpu().since(before);
    return values
        .put("cpuPostgresPercent", spent.postgres() * 100 / available, "% of all cores")
        .put("cpuNodePercent", spent.node() * 100 / available, "% of all cores")
        .put("cpuAgentPercent", spent.agent() * 100 / available, "% of all cores")
        .put("cpuBenchPercent", spent.generator() * 100 / available, "% of all cores");
  }
}
