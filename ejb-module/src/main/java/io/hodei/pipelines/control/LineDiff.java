package io.hodei.pipelines.control;

import java.util.ArrayList;
import java.util.List;

/** The lines that two texts share and those that only one has (longest common subsequence). */
final class LineDiff {
  /** Above that, all lines of one and then all of the other are shown. */
  private static final int MOST_CELLS = 250_000;

  private LineDiff() {}

  /** All lines of both, each behind {@code +}, {@code -} or a space. */
  static List<String> of(List<String> old, List<String> current) {
    List<String> lines = new ArrayList<>(old.size() + current.size());
    if ((long) old.size() * current.size() > MOST_CELLS) {
      old.forEach(line -> lines.add("-" + line));
      current.forEach(line -> lines.add("+" + line));
      return lines;
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
    return lines;
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
