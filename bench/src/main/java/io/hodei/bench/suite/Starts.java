package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.Values;
import io.hodei.cli.dev.DevAgent;
import io.hodei.cli.dev.DevNode;
import io.hodei.cli.dev.Home;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long people wait for a process. */
final class Starts implements Suite {
  private static final int TIMES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String what() {
    return "start of a node, of an agent and of the command line";
  }

  @Override
  public void run(Run run) {
    int times = run.plan().most(TIMES, 1);
    publish(
        run,
        "start.command",
        "hodei version as a process, from its start to its end.",
        times,
        Starts::command);
    publish(
        run,
        "start.agent",
        "Agent stopped in order; from its start until the node shows it ONLINE, asked every 10 ms.",
        times,
        () -> agent(run.installation()));
    publish(
        run,
        "start.node",
        "Node stopped in order, on a migrated database; from its start until it says that it is ready.",
        times,
        () -> node(run.installation()));
    run.installation().awaitAgents();
  }

  private interface Start {
    double seconds();
  }

  private static void publish(Run run, String path, String what, int times, Start start) {
    run.say(path + ": warming up");
    start.seconds();
    List<Values> rounds = new ArrayList<>();
    for (int i = 1; i <= times; i++) {
      run.say("%s: %d/%d".formatted(path, i, times));
      rounds.add(new Values().put("seconds", start.seconds(), "s"));
    }
    run.publication().add(new Group(path, what, rounds));
  }

  private static double node(Installation installation) {
    DevNode node = installation.cluster().node(1);
    node.stop();
    long began = System.nanoTime();
    node.start();
    return (System.nanoTime() - began) / 1e9;
  }

  private static double agent(Installation installation) {
    DevAgent agent = installation.cluster().agent(1);
    try (var connection = installation.connect(1)) {
      agent.stop();
      await(() -> !state(connection, agent).equals("ONLINE"));
      long began = System.nanoTime();
      agent.start();
      await(() -> state(connection, agent).equals("ONLINE"));
      return (System.nanoTime() - began) / 1e9;
    }
  }

  private static String state(io.hodei.bench.load.HttpConnection connection, DevAgent agent) {
    String said = connection.get("/api/v1/agents").expect(200).text();
    return Json.parse(said).at("items").elements().stream()
        .filter(one -> one.string("name").equals(agent.agentName()))
        .map(one -> one.string("state"))
        .findFirst()
        .orElse("");
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    if (!Installation.await(PATIENCE, condition)) {
      throw new BenchException("An agent did not come or go in time.");
    }
  }

  private static double command() {
    Path program = Home.directory().resolve("hodei");
    long began = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(program.toString(), "version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new BenchException("hodei version ended with " + process.exitValue());
      }
      return (System.nanoTime() - began) / 1e9;
    } catch (IOException e) {
      throw new BenchException("hodei version did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted while a command was started", e);
    }
  }
}
