package io.hodei.cli.command;

import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.util.Locale;

/** Shows what differs between two versions, in colours for people. */
final class PipelineChanges {
  private PipelineChanges() {}

  static String text(Json changes) {
    StringBuilder text = new StringBuilder();
    for (Json change : changes.elements()) {
      String kind = change.string("kind");
      String mark =
          switch (kind) {
            case "ADDED" -> "+";
            case "REMOVED" -> "-";
            default -> "~";
          };
      String head =
          mark + " " + Plain.of(change.string("place")) + " " + kind.toLowerCase(Locale.ROOT);
      text.append(coloured(mark, head)).append('\n');
      for (Json line : change.at("lines").elements()) {
        String content = Plain.of(line.string());
        text.append("    ").append(coloured(content, content)).append('\n');
      }
    }
    return text.toString();
  }

  private static String coloured(String mark, String text) {
    if (!Terminal.colours()) {
      return text;
    }
    String code =
        switch (mark.isEmpty() ? ' ' : mark.charAt(0)) {
          case '+' -> "32";
          case '-' -> "31";
          case '~' -> "33";
          default -> "";
        };
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
