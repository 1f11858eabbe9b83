package io.hodei.agent;

import io.hodei.agent.host.HostSampler;
import io.hodei.agent.lease.Lease;
import io.hodei.agent.lease.LeaseWatch;
import io.hodei.agent.link.Greeting;
import io.hodei.agent.link.Link;
import io.hodei.agent.link.Quarters;
import io.hodei.agent.link.RefusedException;
import io.hodei.agent.logs.LogFlusher;
import io.hodei.agent.logs.LogTotals;
import io.hodei.agent.process.Containers;
import io.hodei.agent.process.Keeper;
import io.hodei.agent.process.Spawner;
import io.hodei.agent.settings.AgentSettings;
import io.hodei.agent.settings.InvalidSettingException;
import io.hodei.agent.spool.Outbox;
import io.hodei.agent.spool.Spool;
import io.hodei.agent.work.Attempts;
import io.hodei.agent.work.Workshop;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All parts of one agent, put together. */
final class RunningAgent {
  private static final System.Logger LOG = System.getLogger(RunningAgent.class.getName());
  private static final Duration SWEEP_LIMIT = Duration.ofSeconds(10);
  private static final Duration KILL_GRACE = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 20;

  private final AgentSettings settings;
  private final DataDirectory data;
  private final Keeper keeper;
  private final Containers containers;
  private final Spool spool;
  private final Attempts attempts;
  private final Link link;
  private final LeaseWatch watch;
  private final AtomicInteger stops = new AtomicInteger();

  RunningAgent(AgentSettings settings) throws IOException, InterruptedException {
    this.settings = settings;
    requireToken(settings);
    this.data = new DataDirectory(settings.data());
    String agentId = data.agentId();
    Spawner spawner = new Spawner();
    this.keeper = new Keeper(agentId, spawner);
    keeper.sweep(SWEEP_LIMIT);
    this.containers = new Containers(agentId, spawner);
    Files.createDirectories(data.attempts());
    this.spool = new Spool(data.spool(), settings.spoolLimitBytes());
    Lease lease = new Lease();
    Outbox outbox = new Outbox();
    LogTotals totals = new LogTotals();
    Workshop workshop =
        new Workshop(
            spool,
            containers,
            lease,
            new LogFlusher(spool),
            totals,
            data.attempts(),
            settings.logLimitBytes());
    this.attempts = new Attempts(workshop, outbox, settings.slots());
    attempts.recover(spool.recovered());
    this.watch = new LeaseWatch(lease, attempts::fence);
    this.link =
        new Link(
            greeting(),
            new Quarters(spool, outbox, attempts, lease, keeper, containers, totals),
            new Clients(settings.trust())::of,
            this::drain);
  }

  /** Says at the start what would else be a warning at each connection. */
  private static void requireToken(AgentSettings settings) {
    try {
      settings.token().read();
    } catch (NoSuchFileException notYet) {
      LOG.log(Level.WARNING, "the token file {0} does not exist yet", notYet.getFile());
    } catch (IOException e) {
      throw new InvalidSettingException(String.valueOf(e.getMessage()));
    }
  }

  /** Runs until it is stopped or refused. */
  void run() throws RefusedException, InterruptedException, IOException {
    LOG.log(
        Level.INFO,
        "agent {0}: {1} slots, pools {2}, containment {3}, data in {4}",
        settings.name(),
        settings.slots(),
        settings.pools(),
        containers.containment().label(),
        settings.data());
    try {
      link.run();
    } finally {
      watch.close();
      keeper.stop();
      spool.close();
      data.close();
    }
  }

  /** First call: lets running attempts end within the drain time. Second call: ends them now. */
  void stop() {
    if (stops.incrementAndGet() == 1) {
      Thread.ofPlatform().name("hodei-stop").start(this::stopInOrder);
    } else {
      LOG.log(Level.WARNING, "stopping at once");
    }
  }

  private void drain(boolean exit) {
    LOG.log(Level.INFO, "the server asked this agent to take no new work");
    attempts.drain();
    link.beatSoon();
    if (exit) {
      stop();
    }
  }

  private void stopInOrder() {
    LOG.log(
        Level.INFO,
        "stopping: {0} attempts may go on for {1}",
        attempts.running(),
        settings.drain());
    attempts.drain();
    link.beatSoon();
    try {
      awaitIdle(settings.drain(), 1);
      attempts.shutDown(stops.get() > 1 ? Duration.ZERO : KILL_GRACE);
      awaitIdle(KILL_GRACE.multipliedBy(3), Integer.MAX_VALUE);
      awaitAcknowledged();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      link.stop();
    }
  }

  private void awaitIdle(Duration limit, int patience) throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    while (attempts.running() > 0 && stops.get() <= patience && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private void awaitAcknowledged() throws InterruptedException {
    long until = System.nanoTime() + LAST_WORDS.toNanos();
    while (!attempts.held().isEmpty() && link.connected() && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private Greeting greeting() {
    String version = RunningAgent.class.getPackage().getImplementationVersion();
    return new Greeting(
        settings,
        HostSampler.info(settings.name(), containers.containment().label()),
        version == null ? "development" : version);
  }
}
