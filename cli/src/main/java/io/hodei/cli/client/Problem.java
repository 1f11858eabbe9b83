package io.hodei.cli.client;

import io.hodei.cli.ExitCode;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server said when it refused (RFC 9457), or what can be said when it answered something
 * else.
 *
 * @param status of the response
 * @param document the problem document; nothing when the answer was none
 */
public record Problem(int status, Json document) {
  private static final Pattern RESOURCE = Pattern.compile("/api/v1/([a-z]+)");

  static Problem of(int status, String body) {
    try {
      Json parsed = Json.parse(body);
      return new Problem(status, parsed.isObject() ? parsed : Json.NOTHING);
    } catch (IllegalArgumentException notJson) {
      return new Problem(status, Json.NOTHING);
    }
  }

  /** The failure of the command, with one line for each mistake that the server found. */
  public Failure failure() {
    return new Failure(exitCode(), sentence());
  }

  private String sentence() {
    StringBuilder text = new StringBuilder(title());
    String code = document.string("code");
    text.append(
        code.isEmpty() ? " (%d)".formatted(status) : " (%d %s)".formatted(status, Plain.of(code)));
    line(text, "why", document.string("detail"));
    for (Json error : document.at("errors").elements()) {
      String pointer = error.string("pointer");
      line(text, pointer.isEmpty() ? "the body" : pointer, error.string("message"));
    }
    line(text, "do", advice());
    line(text, "trace", document.string("traceId"));
    return text.toString();
  }

  private String title() {
    String title = document.string("title");
    if (!title.isEmpty()) {
      return Plain.of(title);
    }
    return document.isNothing()
        ? "The answer is not one of a Hodei server; is the URL right?"
        : "The server refused";
  }

  private static void line(StringBuilder text, String head, String content) {
    if (!content.isEmpty()) {
      text.append("\n  ").append(Plain.of(head)).append(": ").append(Plain.of(content));
    }
  }

  private String advice() {
    return switch (status) {
      case 401 -> "hodei login URL (the token is missing, wrong, expired or revoked)";
      case 403 -> "use a token whose role may do this; hodei whoami shows yours";
      case 404 -> document.isNothing() ? "hodei doctor" : whereItIsListed();
      case 429, 503 -> "try again in a moment";
      default -> status >= 500 ? "hodei doctor; the server's log has the trace id" : "";
    };
  }

  /** The command that lists what was asked for. */
  private String whereItIsListed() {
    Matcher kind = RESOURCE.matcher(document.string("instance"));
    return switch (kind.lookingAt() ? kind.group(1) : "") {
      case "jobs" -> "hodei jobs ls";
      case "agents" -> "hodei agents ls";
      case "pools" -> "hodei pools ls";
      case "pipelines" -> "hodei pipeline ls";
      case "schedules" -> "hodei schedule ls";
      default -> "";
    };
  }

  private int exitCode() {
    return switch (status) {
      case 400, 406, 413, 415, 422, 428 -> ExitCode.USAGE;
      case 401, 403 -> ExitCode.AUTHENTICATION;
      case 404 -> ExitCode.NOT_FOUND;
      case 409, 412 -> ExitCode.CONFLICT;
      case 408, 504 -> ExitCode.TIMEOUT;
      default -> ExitCode.SERVER;
    };
  }
}
