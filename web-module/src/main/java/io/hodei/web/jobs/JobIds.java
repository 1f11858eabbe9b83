package io.hodei.web.jobs;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import org.jspecify.annotations.Nullable;

/** Reads the ids and versions of jobs from paths and headers. */
public final class JobIds {
  private JobIds() {}

  /** The id in a path; what is none is not found either. */
  public static long id(String text) {
    long id = Id.parse(text);
    if (id < 0) {
      throw DomainException.notFound(
          "job", text.length() > 40 ? text.substring(0, 40) + "…" : text);
    }
    return id;
  }

  /** The entity tag of a version. */
  static String tag(int version) {
    return "\"v" + version + "\"";
  }

  /** The version that If-Match asks for; null when any is fine. */
  static @Nullable Integer version(@Nullable String ifMatch, boolean required) {
    if (ifMatch == null) {
      if (required) {
        throw new DomainException(
            ErrorCode.PRECONDITION_REQUIRED,
            "Send If-Match with the ETag of the job that you have read, so that no change of another is lost.");
      }
      return null;
    }
    String tag = ifMatch.strip();
    if (tag.equals("*")) {
      return null;
    }
    if (tag.length() > 3 && tag.length() < 13 && tag.startsWith("\"v") && tag.endsWith("\"")) {
      String digits = tag.substring(2, tag.length() - 1);
      if (digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Integer.valueOf(digits);
      }
    }
    throw new DomainException(
        ErrorCode.STALE, "If-Match carries no ETag of this job; they look like \"v3\".");
  }

  /** Whether If-None-Match names this version. */
  static boolean isKnown(@Nullable String ifNoneMatch, int version) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String tag : ifNoneMatch.split(",", 20)) {
      String bare = tag.strip();
      if (bare.equals("*") || bare.equals(tag(version)) || bare.equals("W/" + tag(version))) {
        return true;
      }
    }
    return false;
  }
}
