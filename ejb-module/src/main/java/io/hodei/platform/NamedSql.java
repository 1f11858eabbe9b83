package io.hodei.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A statement with {@code :name} parameters, translated once to JDBC's question marks.
 *
 * @param text the statement as JDBC wants it
 * @param names parameter names in the order of the question marks
 */
record NamedSql(String text, List<String> names) {
  private static final ConcurrentHashMap<String, NamedSql> CACHE = new ConcurrentHashMap<>();

  /** Statements are constants of the code: the cache is as large as the number of them. */
  static NamedSql of(String sql) {
    return CACHE.computeIfAbsent(sql, NamedSql::translate);
  }

  private static NamedSql translate(String sql) {
    StringBuilder text = new StringBuilder(sql.length());
    List<String> names = new ArrayList<>();
    boolean quoted = false;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      }
      boolean name =
          c == ':'
              && !quoted
              && i + 1 < sql.length()
              && Character.isJavaIdentifierStart(sql.charAt(i + 1));
      if (name) {
        int end = i + 1;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
          end++;
        }
        names.add(sql.substring(i + 1, end));
        text.append('?');
        i = end - 1;
      } else {
        text.append(c == '?' && !quoted ? "??" : String.valueOf(c));
      }
    }
    return new NamedSql(text.toString(), List.copyOf(names));
  }
}
