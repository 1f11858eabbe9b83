package io.hodei.logs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines with a text that was looked for, in their order.
 *
 * @param info of the log
 * @param next where to go on; null when there is nothing behind
 */
public record LogHits(LogInfo info, List<Hit> hits, @Nullable Long next) {
  /**
   * A line.
   *
   * @param line its number, from 1
   * @param offset of the first place in it where the text stands
   * @param excerpt the text with what is around it; what is not UTF-8 is replaced
   */
  public record Hit(long line, long offset, String excerpt) {}
}
