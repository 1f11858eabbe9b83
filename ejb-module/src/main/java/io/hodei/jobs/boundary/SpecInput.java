package io.hodei.jobs.boundary;

import io.hodei.jobs.entity.CloudRunSpec;
import io.hodei.jobs.entity.ExternalSpec;
import io.hodei.jobs.entity.HttpSpec;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.platform.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a job shall execute. */
final class SpecInput {
  private static final int MOST_ARGUMENTS = 1_000;
  private static final int MOST_ARGUMENT_BYTES = 128 << 10;
  private static final int MOST_VARIABLES = 1_000;
  private static final int MOST_VARIABLE_BYTES = 256 << 10;
  private static final int LONGEST_STDIN = 256 << 10;
  private static final int LONGEST_IMAGE = 512;
  private static final int LONGEST_PATH = 4096;
  private static final String OWN_PREFIX = "HODEI_";
  private static final Duration KILL_GRACE = Duration.ofSeconds(10);
  static final Set<String> EXECUTORS =
      Set.of("process", "noop", "container", HttpSpec.EXECUTOR, CloudRunSpec.EXECUTOR);

  /** What only agents understand. */
  private static final List<String> OF_AGENTS =
      List.of("command", "shell", "environment", "stdin", "workingDirectory", "image", "killGrace");

  private SpecInput() {}

  /** Reads the member {@code spec}; what is wrong goes to the errors of the fields. */
  static JobSpec read(JsonFields job, Timeouts timeouts, RetryPolicy retry, long logLimitBytes) {
    Json json = job.any("spec");
    if (json == null) {
      job.refuse("spec", "is required");
    }
    JsonFields fields = json == null ? null : job.object("spec");
    if (fields == null) {
      return empty(timeouts, retry);
    }
    if (isExternal(fields)) {
      return external(fields, timeouts, retry, logLimitBytes);
    }
    List<String> command = command(fields);
    String shell = fields.text("shell", MOST_ARGUMENT_BYTES);
    Map<String, String> environment = environment(fields);
    byte[] stdin = stdin(fields);
    String workingDirectory = fields.text("workingDirectory", LONGEST_PATH);
    String image = fields.text("image", LONGEST_IMAGE);
    Duration killGrace = fields.duration("killGrace", Duration.ZERO, Duration.ofHours(1));
    String executor = executor(fields, image);
    fields.finish();
    check(fields, executor, command, shell, image);
    return new JobSpec(
        executor,
        command,
        shell,
        environment,
        stdin,
        workingDirectory,
        image,
        killGrace == null ? KILL_GRACE : killGrace,
        timeouts,
        retry,
        logLimitBytes);
  }

  private static boolean isExternal(JsonFields fields) {
    return (fields.any("executor") instanceof Json.Text executor
            && ExternalSpec.isExecutor(executor.value()))
        || fields.any(HttpSpec.MEMBER) != null
        || fields.any(CloudRunSpec.MEMBER) != null;
  }

  private static JobSpec external(
      JsonFields fields, Timeouts timeouts, RetryPolicy retry, long logLimitBytes) {
    JsonFields http = fields.object(HttpSpec.MEMBER);
    JsonFields cloudRun = fields.object(CloudRunSpec.MEMBER);
    String executor = fields.text("executor", 20);
    if (executor == null) {
      executor = http == null ? CloudRunSpec.EXECUTOR : HttpSpec.EXECUTOR;
    }
    for (String name : OF_AGENTS) {
      if (fields.any(name) != null) {
        fields.refuse(name, "is for agents; the servers execute http and cloud-run");
      }
    }
    String wanted = executor.equals(HttpSpec.EXECUTOR) ? HttpSpec.MEMBER : CloudRunSpec.MEMBER;
    if (!ExternalSpec.isExecutor(executor)) {
      fields.refuse(
          "executor", "must be http with the member http, cloud-run with the member cloudRun");
    } else if ((wanted.equals(HttpSpec.MEMBER) ? http : cloudRun) == null) {
      fields.refuse(wanted, "is required by the executor " + executor);
    } else if (http != null && cloudRun != null) {
      fields.refuse(
          wanted.equals(HttpSpec.MEMBER) ? CloudRunSpec.MEMBER : HttpSpec.MEMBER,
          "cannot be given together with " + wanted);
    }
    fields.finish();
    ExternalSpec spec =
        http != null
            ? HttpInput.read(http)
            : cloudRun != null ? CloudRunInput.read(cloudRun) : null;
    return new JobSpec(
        executor,
        List.of(),
        null,
        Map.of(),
        new byte[0],
        null,
        null,
        KILL_GRACE,
        timeouts,
        retry,
        logLimitBytes,
        spec);
  }

  private static JobSpec empty(Timeouts timeouts, RetryPolicy retry) {
    return new JobSpec(
        "noop", List.of(), null, Map.of(), new byte[0], null, null, KILL_GRACE, timeouts, retry, 0);
  }

  private static String executor(JsonFields fields, @Nullable String image) {
    String executor = fields.text("executor", 20);
    if (executor == null) {
      return image == null ? "process" : "container";
    }
    if (!EXECUTORS.contains(executor)) {
      fields.refuse("executor", "must be process, noop, container, http or cloud-run");
    }
    return executor;
  }

  private static void check(
      JsonFields fields,
      String executor,
      List<String> command,
      @Nullable String shell,
      @Nullable String image) {
    if (executor.equals("container")) {
      if (image == null) {
        fields.refuse("image", "is required by the executor container");
      } else if (image.isBlank() || image.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
        fields.refuse("image", "must be an image reference without white space");
      }
    } else if (image != null) {
      fields.refuse("image", "needs the executor container");
    }
    if (!command.isEmpty() && shell != null) {
      fields.refuse("shell", "cannot be given together with command");
    }
    if (executor.equals("process") && command.isEmpty() && shell == null) {
      fields.refuse("command", "is required; give the program and its arguments, or shell");
    }
  }

  private static List<String> command(JsonFields fields) {
    List<String> command = fields.texts("command", MOST_ARGUMENTS, MOST_ARGUMENT_BYTES);
    if (command == null) {
      return List.of();
    }
    long bytes = command.stream().mapToLong(SpecInput::size).sum();
    if (bytes > MOST_ARGUMENT_BYTES) {
      fields.refuse("command", "has more than %d bytes".formatted(MOST_ARGUMENT_BYTES));
    }
    if (!command.isEmpty() && command.getFirst().isBlank()) {
      fields.refuse("command", "must begin with the name of a program");
    }
    return command;
  }

  private static Map<String, String> environment(JsonFields fields) {
    Map<String, String> environment =
        fields.textMap("environment", MOST_VARIABLES, MOST_ARGUMENT_BYTES);
    JsonFields members = environment == null ? null : fields.object("environment");
    if (environment == null || members == null) {
      return Map.of();
    }
    long bytes = 0;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      bytes += size(name) + size(variable.getValue());
      if (!Words.isVariable(name)) {
        members.refuse(
            name.length() > 80 ? name.substring(0, 80) : name,
            "is not the name of a variable: letters, digits and _, begins with no digit, at most 255");
      } else if (name.startsWith(OWN_PREFIX)) {
        members.refuse(name, "begins with HODEI_, which the product sets itself");
      }
    }
    if (bytes > MOST_VARIABLE_BYTES) {
      fields.refuse("environment", "has more than %d bytes".formatted(MOST_VARIABLE_BYTES));
    }
    return environment;
  }

  private static byte[] stdin(JsonFields fields) {
    String text = fields.text("stdin", LONGEST_STDIN / 3 * 4 + 8);
    if (text == null) {
      return new byte[0];
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length <= LONGEST_STDIN) {
        return bytes;
      }
      fields.refuse("stdin", "has more than %d bytes".formatted(LONGEST_STDIN));
    } catch (IllegalArgumentException e) {
      fields.refuse("stdin", "is not base64 (RFC 4648, with padding)");
    }
    return new byte[0];
  }

  private static long size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
