package io.hodei.cli.command;

import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a job that is written on the command line may say. */
final class JobOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name (default: the first word of the command).")
  private @Nullable String name;

  @Option(names = "--pool", paramLabel = "POOL", description = "Pool (default: default).")
  private @Nullable String pool;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Label; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Environment variable of the command; may be repeated.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--priority",
      paramLabel = "LANE[:LEVEL]",
      description = "HIGH, NORMAL or LOW, with a level 0 to 9: HIGH:7")
  private @Nullable String priority;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Longest run of one attempt: 30s, 5m, PT1H")
  private @Nullable String timeout;

  @Option(
      names = "--retry",
      paramLabel = "N",
      description = "Repeat up to N times when it fails (default 0).")
  private int retries;

  @Option(
      names = "--requires",
      paramLabel = "KEY=VALUE",
      description = "Label that the agent must have; may be repeated.")
  private Map<String, String> requires = new LinkedHashMap<>();

  @Option(
      names = "--shell",
      description = "Hand the command to a shell as one line: pipes and redirections work.")
  private boolean shell;

  /** The body of {@code POST /jobs}. */
  Json job(List<String> command) {
    if (retries < 0 || retries > 1000) {
      throw Failure.usage("--retry takes a number from 0 to 1000");
    }
    Map<String, @Nullable Object> job = Json.object();
    job.put("name", name == null ? nameOf(command.getFirst()) : name);
    job.put("spec", spec(command));
    putUnlessNull(job, "pool", pool);
    putUnlessEmpty(job, "labels", labels);
    putUnlessEmpty(job, "requires", requires);
    if (priority != null) {
      job.put("priority", priority(priority));
    }
    if (timeout != null) {
      job.put("timeouts", Map.of("run", timeout));
    }
    if (retries > 0) {
      job.put("retry", Map.of("maxAttempts", retries + 1));
    }
    return new Json(job);
  }

  private Map<String, @Nullable Object> spec(List<String> command) {
    Map<String, @Nullable Object> spec = Json.object();
    if (shell) {
      spec.put("shell", String.join(" ", command));
    } else {
      spec.put("command", List.copyOf(command));
    }
    putUnlessEmpty(spec, "environment", environment);
    return spec;
  }

  private static String nameOf(String program) {
    String last = program.strip().split("\\s+", 2)[0];
    String base = last.substring(last.lastIndexOf('/') + 1);
    return base.isEmpty() ? "job" : base.substring(0, Math.min(200, base.length()));
  }

  private static Map<String, Object> priority(String text) {
    String[] parts = text.toUpperCase(Locale.ROOT).split(":", 2);
    if (!List.of("HIGH", "NORMAL", "LOW").contains(parts[0])
        || (parts.length == 2 && !parts[1].matches("\\d"))) {
      throw Failure.usage("--priority takes HIGH, NORMAL or LOW, with a level from 0 to 9: HIGH:7");
    }
    Map<String, Object> priority = new LinkedHashMap<>();
    priority.put("lane", parts[0]);
    if (parts.length == 2) {
      priority.put("level", Integer.parseInt(parts[1]));
    }
    return priority;
  }

  private static void putUnlessEmpty(
      Map<String, @Nullable Object> to, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      to.put(name, values);
    }
  }

  private static void putUnlessNull(
      Map<String, @Nullable Object> to, String name, @Nullable String value) {
    if (value != null) {
      to.put(name, value);
    }
  }
}
