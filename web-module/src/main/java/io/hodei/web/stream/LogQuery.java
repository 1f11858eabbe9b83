package io.hodei.web.stream;

import io.hodei.logs.LogStream;
import io.hodei.web.http.Query;
import org.jspecify.annotations.Nullable;

/** The query parameters of logs. */
final class LogQuery {
  private final Query query;

  LogQuery(Query query) {
    this.query = query;
  }

  /** The attempt; 0, the newest, when none is named. */
  int attempt() {
    return (int) number("attempt", 0, 1, Integer.MAX_VALUE);
  }

  /** The stream; null for both. */
  @Nullable LogStream stream() {
    @Nullable String text = query.text("stream");
    if (text == null || text.equals("all")) {
      return null;
    }
    for (LogStream stream : LogStream.values()) {
      if (stream.word().equals(text)) {
        return stream;
      }
    }
    query.errors().add("?stream", "must be stdout, stderr or all");
    return null;
  }

  boolean flag(String name) {
    return query.flag(name);
  }

  /** A text that must be given; at most so many characters. */
  String text(String name, int longest) {
    @Nullable String text = query.text(name);
    if (text == null || text.isEmpty() || text.length() > longest) {
      query.errors().add("?" + name, "must be 1 to %d characters".formatted(longest));
      return "";
    }
    return text;
  }

  long number(String name, long byDefault, long min, long max) {
    @Nullable String text = query.text(name);
    if (text == null) {
      return byDefault;
    }
    long value = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    if (value < min || value > max) {
      query.errors().add("?" + name, "must be a whole number in %d..%d".formatted(min, max));
      return byDefault;
    }
    return value;
  }

  /** Says all that is wrong, if something is. */
  void refuse() {
    query.errors().refuse();
  }
}
