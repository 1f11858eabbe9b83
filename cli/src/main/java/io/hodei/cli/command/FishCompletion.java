package io.hodei.cli.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script of the fish shell, which picocli does not write. */
final class FishCompletion {
  private FishCompletion() {}

  static String of(CommandSpec root) {
    StringBuilder script = new StringBuilder("complete -c hodei -f\n");
    commands(root, "__fish_use_subcommand", script);
    for (Map.Entry<String, CommandLine> child : root.subcommands().entrySet()) {
      CommandSpec spec = child.getValue().getCommandSpec();
      String seen = "__fish_seen_subcommand_from " + child.getKey();
      options(spec, seen, script);
      commands(spec, seen, script);
      for (Map.Entry<String, CommandLine> grandchild : spec.subcommands().entrySet()) {
        String both = seen + "; and __fish_seen_subcommand_from " + grandchild.getKey();
        options(grandchild.getValue().getCommandSpec(), both, script);
      }
    }
    return script.toString();
  }

  private static void commands(CommandSpec parent, String condition, StringBuilder script) {
    parent
        .subcommands()
        .forEach(
            (name, command) ->
                script.append(
                    "complete -c hodei -n %s -a %s -d %s%n"
                        .formatted(
                            quoted(condition),
                            name,
                            quoted(
                                summary(command.getCommandSpec().usageMessage().description())))));
  }

  private static void options(CommandSpec spec, String condition, StringBuilder script) {
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && option.longestName().startsWith("--")) {
        script.append(
            "complete -c hodei -n %s -l %s -d %s%n"
                .formatted(
                    quoted(condition),
                    option.longestName().substring(2),
                    quoted(summary(option.description()))));
      }
    }
  }

  private static String summary(String[] description) {
    return description.length == 0 ? "" : description[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
