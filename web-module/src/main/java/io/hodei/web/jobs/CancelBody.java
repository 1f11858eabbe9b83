package io.hodei.web.jobs;

import io.hodei.jobs.entity.Cancellation;
import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Reasons;
import java.time.Duration;

/** The body {@code {"reason": …, "grace": …}} that may come with a cancel. */
final class CancelBody {
  private static final Duration LONGEST_GRACE = Duration.ofHours(1);

  private CancelBody() {}

  static Cancellation read(JsonBody body) {
    if (body.isAbsent()) {
      return new Cancellation(null, null);
    }
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    Cancellation how =
        new Cancellation(
            Reasons.of(fields), fields.duration("grace", Duration.ZERO, LONGEST_GRACE));
    fields.finish();
    errors.refuse();
    return how;
  }

  /** The same for the audit trail. */
  static String detail(Cancellation how) {
    return write(new JsonWriter().object(), how).endObject().toString();
  }

  static JsonWriter write(JsonWriter out, Cancellation how) {
    return out.member("reason", how.reason()).member("grace", how.grace());
  }
}
