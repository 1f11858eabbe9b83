package io.hodei.cli.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A run that is changed for a reason. */
class RunChange extends RunTarget {
  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
  private @Nullable String reason;

  @Override
  final int send(String verb, Map<String, @Nullable Object> body) {
    if (reason != null) {
      body.put("reason", reason);
    }
    return super.send(verb, body);
  }
}
