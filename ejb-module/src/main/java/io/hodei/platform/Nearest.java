package io.hodei.platform;

import java.util.Arrays;

/** Finds what somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /** {@code ; did you mean x?}, or nothing when no candidate is near. */
  public static String hint(String wrong, Iterable<String> candidates) {
    int most = Math.min(3, wrong.length() / 2);
    String best = "";
    for (String candidate : candidates) {
      int distance = distance(wrong, candidate, most);
      if (distance <= most) {
        most = distance - 1;
        best = candidate;
      }
    }
    return best.isEmpty() ? "" : "; did you mean " + best + "?";
  }

  /** How many characters differ (Levenshtein), or more than {@code most}. */
  static int distance(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most || a.length() > 100) {
      return most + 1;
    }
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
