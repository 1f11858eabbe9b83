package io.hodei.events;

import io.hodei.platform.DomainException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which topics somebody wants: exact ones ({@code job.ended}), families ({@code job.*}) or all
 * ({@code *}).
 */
public record TopicFilter(List<String> patterns) {
  private static final int MOST_PATTERNS = 32;
  private static final Pattern SHAPE =
      Pattern.compile("\\*|[a-z][a-z-]{0,31}\\.(\\*|[a-z][a-z-]{0,31})");
  private static final TopicFilter ALL = new TopicFilter(List.of(EventBus.ALL));

  /**
   * Reads patterns separated by commas; nothing means all.
   *
   * @throws DomainException INVALID when one of them is no pattern
   */
  public static TopicFilter parse(String text) {
    List<String> patterns =
        List.of(text.split(",", -1)).stream().map(String::strip).distinct().toList();
    if (text.isBlank() || patterns.contains(EventBus.ALL)) {
      return ALL;
    }
    if (patterns.size() > MOST_PATTERNS) {
      throw DomainException.invalid(
          "/topics", "has more than %d patterns".formatted(MOST_PATTERNS));
    }
    for (String pattern : patterns) {
      if (!SHAPE.matcher(pattern).matches()) {
        throw DomainException.invalid(
            "/topics",
            "must be topics like job.ended, families like job.*, or *, with commas between");
      }
    }
    return new TopicFilter(patterns);
  }

  public boolean accepts(String topic) {
    for (String pattern : patterns) {
      if (pattern.equals(EventBus.ALL) || pattern.equals(topic) || isFamilyOf(pattern, topic)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFamilyOf(String pattern, String topic) {
    return pattern.endsWith(".*") && topic.regionMatches(0, pattern, 0, pattern.length() - 1);
  }
}
