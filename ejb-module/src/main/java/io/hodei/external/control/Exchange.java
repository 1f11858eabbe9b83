package io.hodei.external.control;

import io.hodei.external.entity.Outcome;
import io.hodei.jobs.entity.EndReport;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonRefused;
import io.hodei.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A call and its answer, as expressions see it and as it is kept.
 *
 * @param shownUrl without secrets
 * @param body JSON when the answer says that it is some and it is; else a text
 * @param kept the body without secrets
 */
record Exchange(
    String method, String shownUrl, Answer answer, Json body, byte[] kept, Duration took) {
  private static final int MOST_RESULT = 64 << 10;

  static Exchange of(Call call, String shownUrl, Answer answer, Disclosure secrets, Duration took) {
    return new Exchange(
        call.method(), shownUrl, answer, body(answer), secrets.mask(answer.body()), took);
  }

  /** Whether it is asked to come later. */
  boolean isBusy() {
    return answer.status() == 429 || answer.status() == 503;
  }

  Outcome succeeded() {
    return ended(0, "");
  }

  Outcome failed(String reason) {
    return ended(1, reason);
  }

  private Outcome ended(int exitCode, String reason) {
    return new Outcome.Ended(
        EndReport.Outcome.EXITED,
        exitCode,
        reason,
        kept,
        answer.dropped(),
        "%s %s answered %d after %d ms\n"
            .formatted(method, shownUrl, answer.status(), took.toMillis()),
        result());
  }

  /** A body that is JSON and not too long is the result of the job. */
  private String result() {
    if (body instanceof Json.Text && !isJson(answer)
        || kept.length > MOST_RESULT
        || answer.dropped() > 0) {
      return "";
    }
    try {
      return new JsonWriter().value(JsonReader.read(kept)).toString();
    } catch (JsonRefused e) {
      return "";
    }
  }

  private static Json body(Answer answer) {
    if (isJson(answer) && answer.dropped() == 0) {
      try {
        return JsonReader.read(answer.body());
      } catch (JsonRefused e) {
        // A text like others.
      }
    }
    return new Json.Text(new String(answer.body(), StandardCharsets.UTF_8));
  }

  private static boolean isJson(Answer answer) {
    String type = answer.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String plain = (end < 0 ? type : type.substring(0, end)).strip();
    return plain.equals("application/json") || plain.endsWith("+json");
  }
}
