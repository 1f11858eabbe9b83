package io.hodei.jobs.boundary;

import io.hodei.jobs.entity.CloudRunSpec;
import io.hodei.json.JsonFields;
import io.hodei.platform.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an execution of a job of Cloud Run. */
final class CloudRunInput {
  private static final int MOST_ARGS = 1_000;
  private static final int LONGEST_ARG = 32 << 10;
  private static final int MOST_VARIABLES = 999;
  private static final Duration LONGEST_TASK = Duration.ofDays(7);
  private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9.:-]{0,98}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  private CloudRunInput() {}

  /** Reads the members of {@code cloudRun}; what is wrong goes to the errors of the fields. */
  static CloudRunSpec read(JsonFields fields) {
    String project = name(fields, "project", PROJECT);
    String region = name(fields, "region", REGION);
    String job = name(fields, "job", NAME);
    String container = fields.text("container", 63);
    if (container != null && !NAME.matcher(container).matches()) {
      fields.refuse("container", "is not the name of a container");
    }
    List<String> args = fields.texts("args", MOST_ARGS, LONGEST_ARG);
    Map<String, String> environment = environment(fields);
    Long taskCount = fields.integer("taskCount", 1, 10_000);
    Duration taskTimeout = fields.duration("taskTimeout", Duration.ofSeconds(1), LONGEST_TASK);
    Duration interval = fields.duration("interval", Duration.ofSeconds(1), Duration.ofHours(1));
    fields.finish();
    return new CloudRunSpec(
        project,
        region,
        job,
        container,
        args,
        environment,
        taskCount == null ? null : taskCount.intValue(),
        taskTimeout,
        interval == null ? CloudRunSpec.INTERVAL : interval);
  }

  private static String name(JsonFields fields, String name, Pattern pattern) {
    String value = fields.requiredText(name, 100);
    if (!value.isBlank() && !pattern.matcher(value).matches()) {
      fields.refuse(name, "is not the name of a " + name + " of Google Cloud");
    }
    return value;
  }

  private static Map<String, String> environment(JsonFields fields) {
    @Nullable Map<String, String> given =
        fields.textMap("environment", MOST_VARIABLES, LONGEST_ARG);
    JsonFields members = given == null ? null : fields.object("environment");
    if (given == null || members == null) {
      return Map.of();
    }
    for (String name : given.keySet()) {
      if (!Words.isVariable(name)) {
        members.refuse(
            name.length() > 80 ? name.substring(0, 80) : name,
            "is not the name of a variable: letters, digits and _, begins with no digit, at most 255");
      } else if (name.startsWith("HODEI_")) {
        members.refuse(name, "begins with HODEI_, which the product sets itself");
      }
    }
    return given;
  }
}
