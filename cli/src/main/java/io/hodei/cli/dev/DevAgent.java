package io.hodei.cli.dev;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One agent process beside the nodes. */
public final class DevAgent implements Part {
  private final int number;
  private final AgentPlan plan;
  private final ChildProcess process;
  private final Path directory;

  DevAgent(int number, AgentPlan plan) {
    this.number = number;
    this.plan = plan;
    this.directory = plan.directory().resolve("agent-" + number);
    this.process = new ChildProcess(log());
  }

  @Override
  public String name() {
    return "agent " + number;
  }

  /** The name it registers under: {@code agent-1}. */
  public String agentName() {
    return "agent-" + number;
  }

  /** Starts the process; that it is connected is seen in the REST resource of agents. */
  @Override
  public void start() {
    Trees.createPrivate(directory);
    process.start(command(), environment(), directory);
  }

  @Override
  public void stop() {
    process.stop();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void suspend() {
    Programs.signal("STOP", pid());
  }

  @Override
  public void resume() {
    Programs.signal("CONT", pid());
  }

  @Override
  public boolean alive() {
    return process.alive();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Path log() {
    return plan.directory().resolve("agent-" + number + ".log");
  }

  /** Why it ended, from its log. */
  public String reason() {
    return process.reason();
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(JavaRuntime.executable());
    command.add(Survivors.marker(plan.directory()));
    command.addAll(plan.jvmOptions(directory));
    command.addAll(List.of("-jar", plan.jar().toString()));
    return command;
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(plan.environment());
    // The JVM writes arguments of processes in the encoding of its locale.
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HODEI_AGENT_NAME", agentName());
    environment.put("HODEI_AGENT_DATA", directory.toString());
    environment.putAll(plan.settings().agentEnvironment());
    return environment;
  }
}
