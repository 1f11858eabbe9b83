package io.hodei.web.http;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The body {@code {"reason": …}} that may come with a change. */
public final class Reasons {
  private static final int LONGEST = 500;

  private Reasons() {}

  /** The reason; null when there is no body or none in it. */
  public static @Nullable String read(JsonBody body) {
    if (body.isAbsent()) {
      return null;
    }
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String reason = of(fields);
    fields.finish();
    errors.refuse();
    return reason;
  }

  /** The same of a body that has other members too. */
  public static @Nullable String of(JsonFields fields) {
    return fields.text("reason", LONGEST);
  }

  /** The same for the audit trail. */
  public static String detail(@Nullable String reason) {
    return new JsonWriter().object().member("reason", reason).endObject().toString();
  }
}
