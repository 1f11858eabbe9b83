package io.hodei.templates.boundary;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.json.JsonFields;
import io.hodei.platform.Words;
import io.hodei.templates.entity.NewTool;
import java.util.List;
import java.util.Map;

/** Reads how a tool is called. */
final class ToolInput {
  private static final int MOST_ARGUMENTS = 100;
  private static final int LONGEST_ARGUMENT = 4_096;
  private static final int MOST_VARIABLES = 100;
  private static final int LONGEST_VARIABLE = 32 << 10;

  private ToolInput() {}

  static NewTool read(JsonFields fields, String name) {
    List<String> command = fields.texts("command", MOST_ARGUMENTS, LONGEST_ARGUMENT);
    if (command == null) {
      if (fields.any("command") == null) {
        fields.refuse("command", "is required; give the program and its arguments");
      }
    } else if (command.isEmpty() || command.getFirst().isBlank()) {
      fields.refuse("command", "must begin with the name of a program");
    }
    Map<String, String> environment =
        fields.textMap("environment", MOST_VARIABLES, LONGEST_VARIABLE);
    String pool = JobInput.pool(fields);
    Map<String, String> requires = JobInput.labels(fields, "requires");
    return new NewTool(
        name,
        command == null ? List.of() : command,
        environment == null ? Map.of() : checked(fields, environment),
        pool,
        requires == null ? Map.of() : requires);
  }

  private static Map<String, String> checked(JsonFields fields, Map<String, String> environment) {
    JsonFields members = fields.object("environment");
    for (String variable : environment.keySet()) {
      boolean own = variable.startsWith("HODEI_");
      if (members != null && (own || !Words.isVariable(variable))) {
        members.refuse(
            variable.length() > 80 ? variable.substring(0, 80) : variable,
            own
                ? "begins with HODEI_, which the product sets itself"
                : "is not the name of a variable: letters, digits and _, begins with no digit");
      }
    }
    return environment;
  }
}
