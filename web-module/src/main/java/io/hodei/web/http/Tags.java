package io.hodei.web.http;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Entity tags of versioned resources: {@code "v3"}. */
public final class Tags {
  private Tags() {}

  /** The entity tag of a version. */
  public static String of(int version) {
    return "\"v" + version + "\"";
  }

  /** The version that If-Match asks for; null when any is fine. */
  public static @Nullable Integer expected(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    String tag = ifMatch.strip();
    if (tag.matches("\"v[0-9]{1,9}\"")) {
      return Integer.valueOf(tag.substring(2, tag.length() - 1));
    }
    throw new DomainException(
        ErrorCode.STALE, "If-Match carries no ETag of this resource; they look like \"v3\".");
  }

  /** Whether If-None-Match names this version. */
  public static boolean isKnown(@Nullable String ifNoneMatch, int version) {
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
