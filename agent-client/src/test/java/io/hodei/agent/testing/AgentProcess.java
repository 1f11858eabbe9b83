package io.hodei.agent.testing;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real agent: a child JVM with the flags of production, on the tests' class path. */
public final class AgentProcess implements Closeable {
  private final Process process;
  private final Path data;
  private final Path log;

  private AgentProcess(Process process, Path data, Path log) {
    this.process = process;
    this.data = data;
    this.log = log;
  }

  public static AgentProcess start(Path data, HwpNode node, String... more) throws IOException {
    Path log = data.resolveSibling(data.getFileName() + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.hodei.agent.Agent"));
    command.addAll(List.of("--servers=" + node.url(), "--data=" + data, "--name=test"));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(Redirect.appendTo(log.toFile()))
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().put("HODEI_AGENT_TOKEN", HwpNode.TOKEN);
    builder.environment().put("LEAKED_SECRET", "must-not-be-seen");
    return new AgentProcess(builder.start(), data, log);
  }

  public Process process() {
    return process;
  }

  public String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  public void signal(String name) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    kill.onExit().join();
  }

  /** Pids of all processes that this data directory's agents ever started and that still run. */
  public List<Long> leftovers() throws IOException {
    String mark = "HODEI_TREE=" + Files.readString(data.resolve("agent-id")).trim() + ".";
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().matches("\\d+"))
          .filter(path -> environment(path).contains(mark))
          .map(path -> Long.parseLong(path.getFileName().toString()))
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    signal("CONT");
    process.destroyForcibly();
    process.onExit().join();
  }

  private static String environment(Path process) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
