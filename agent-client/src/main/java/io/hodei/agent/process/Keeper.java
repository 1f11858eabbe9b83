package io.hodei.agent.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The watchdog outside the JVM: a shell process that kills every process tree of this agent when
 * the JVM dies (its input ends) or stands still beyond the lease (no beat comes). It is started
 * again should it end.
 */
public final class Keeper {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

  /** Its clock runs a little behind, so that a living JVM fences first and can report it. */
  private static final Duration BEHIND = Duration.ofMillis(500);

  private final String agentId;
  private final Spawner spawner;
  private volatile Process process;
  private volatile boolean stopped;
  private CountDownLatch swept = new CountDownLatch(1);

  public Keeper(String agentId, Spawner spawner) throws IOException, InterruptedException {
    this.agentId = agentId;
    this.spawner = spawner;
    this.process = launch();
  }

  /** The lease is good for this long from now. */
  public void beat(Duration left) {
    long millis = Math.max(0, left.plus(BEHIND).toMillis());
    tell(String.format(Locale.ROOT, "beat %d.%03d", millis / 1000, millis % 1000));
  }

  /** There is nothing to guard. */
  public void rest() {
    tell("rest");
  }

  /** Kills what an earlier agent on this data directory left behind. */
  public void sweep(Duration limit) throws InterruptedException {
    swept = new CountDownLatch(1);
    tell("sweep");
    if (!swept.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(Level.WARNING, "processes of an earlier run may be left: the search took too long");
    }
  }

  /** Ends the keeper, and with it every process that is left. */
  public void stop() throws InterruptedException {
    stopped = true;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the keeper had ended already", e);
    }
    process.waitFor(5, TimeUnit.SECONDS);
  }

  private synchronized void tell(String line) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the keeper does not listen: {0}", e.getMessage());
    }
  }

  private Process launch() throws IOException, InterruptedException {
    Process started;
    try {
      started = launch(List.of("setsid", "sh")); // out of reach of the terminal's Ctrl-C
    } catch (IOException e) {
      started = launch(List.of("sh")); // a system without setsid
    }
    Process listenedTo = started;
    Thread.ofPlatform().daemon().name("hodei-keeper").start(() -> listen(listenedTo));
    return started;
  }

  private Process launch(List<String> shell) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of("-c", Scripts.named("keeper.sh"), "hodei-keeper", agentId));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", Launch.DEFAULT_PATH);
    return spawner.start(builder);
  }

  private void listen(Process keeper) {
    try (BufferedReader lines = keeper.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard(line);
      }
      if (!stopped) {
        LOG.log(Level.WARNING, "the keeper ended; starting it again");
        process = launch();
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "there is no keeper: trees would survive the JVM ({0})", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void heard(String line) {
    if (line.equals("swept")) {
      swept.countDown();
    } else if (line.equals("fenced")) {
      LOG.log(Level.WARNING, "the keeper ended all process trees: the lease had run out");
    }
  }
}
