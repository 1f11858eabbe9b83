package io.hodei.web.schedules;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import org.jspecify.annotations.Nullable;

/** Reads the ids and entity tags of schedules and what belongs to them. */
final class Tags {
  private Tags() {}

  /** The id in a path; what is none is not found either. */
  static long id(String kind, String text) {
    long id = Id.parse(text);
    if (id < 0) {
      throw DomainException.notFound(kind, text.length() > 40 ? text.substring(0, 40) + "…" : text);
    }
    return id;
  }

  static String of(int version) {
    return "\"v" + version + "\"";
  }

  /** The version that If-Match asks for; null when any is fine. */
  static @Nullable Integer version(@Nullable String ifMatch, boolean required) {
    if (ifMatch == null && required) {
      throw new DomainException(
          ErrorCode.PRECONDITION_REQUIRED,
          "Send If-Match with the ETag of the schedule that you have read, so that no change of another is lost.");
    }
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    String tag = ifMatch.strip();
    if (tag.matches("\"v\\d{1,9}\"")) {
      return Integer.valueOf(tag.substring(2, tag.length() - 1));
    }
    throw new DomainException(
        ErrorCode.STALE, "If-Match carries no ETag of this schedule; they look like \"v3\".");
  }

  /** Whether If-None-Match names this version. */
  static boolean isKnown(@Nullable String ifNoneMatch, int version) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String tag : ifNoneMatch.split(",", 20)) {
      String bare = tag.strip();
      if (bare.equals("*") || bare.equals(of(version)) || bare.equals("W/" + of(version))) {
        return true;
      }
    }
    return false;
  }
}
