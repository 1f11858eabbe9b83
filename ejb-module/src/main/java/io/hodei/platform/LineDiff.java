package io.hodei.platform;

import java.util.ArrayList;
import java.util.List;

/** The lines that two texts share and those that only one has (longest common subsequence). */
public final class LineDiff {
  /** Above that, all lines of one and then all of the other are shown. */
  private static final long MOST_CELLS = 1_000_000;

  private LineDiff() {}

  /** All lines of both, each behind {@code +}, {@code -} or a space. */
  public static List<String> of(List<String> old, List<String> current) {
    int head = 0;
    int least = Math.min(old.size(), current.size());
    while (head < least && old.get(head).equals(current.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && old.get(old.size() - 1 - tail).equals(current.get(current.size() - 1 - tail))) {
      tail++;
    }
    List<String> lines = new ArrayList<>();
    old.subList(0, head).forEach(line -> lines.add(" " + line));
    middle(
        old.subList(head, old.size() - tail), current.subList(head, current.size() - tail), lines);
    old.subList(old.size() - tail, old.size()).forEach(line -> lines.add(" " + line));
    return lines;
  }

  private static void middle(List<String> old, List<String> current, List<String> lines) {
    if ((long) old.size() * current.size() > MOST_CELLS) {
      old.forEach(line -> lines.add("-" + line));
      current.forEach(line -> lines.add("+" + line));
      return;
    }
    int[][] longest = longest(old, current);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < current.size()) {
      boolean both = i < old.size() && j < current.size();
      if (both && old.get(i).equals(current.get(j))) {
        lines.add(" " + old.get(i++));
        j++;
      } else if (j == current.size() || (both && longest[i + 1][j] >= longest[i][j + 1])) {
        lines.add("-" + old.get(i++));
      } else {
        lines.add("+" + current.get(j++));
      }
    }
  }

  private static int[][] longest(List<String> old, List<String> current) {
    int[][] longest = new int[old.size() + 1][current.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = current.size() - 1; j >= 0; j--) {
        longest[i][j] =
            old.get(i).equals(current.get(j))
                ? 1 + longest[i + 1][j + 1]
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }
}
