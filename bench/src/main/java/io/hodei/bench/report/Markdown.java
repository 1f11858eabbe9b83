package io.hodei.bench.report;

import java.util.Locale;
import java.util.Map;

/** The report for people. */
public final class Markdown {
  private Markdown() {}

  public static String of(Report report) {
    StringBuilder out = new StringBuilder(head(report));
    report.groups().forEach(group -> out.append(of(group)));
    return out.toString();
  }

  /** What stands above the groups. */
  static String head(Report report) {
    StringBuilder out = new StringBuilder("# Hodei benchmark\n\n");
    facts(out, "Machine", report.machine());
    facts(out, "Versions", report.versions());
    facts(out, "Settings", report.settings());
    out.append("Each figure is the median of the rounds, with the smallest and the greatest.\n");
    return out.toString();
  }

  private static void facts(StringBuilder out, String title, Map<String, String> facts) {
    if (facts.isEmpty()) {
      return;
    }
    out.append("**").append(title).append(":** ");
    String separator = "";
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      out.append(separator).append(fact.getKey()).append(' ').append(fact.getValue());
      separator = " · ";
    }
    out.append("\n\n");
  }

  static String of(Group group) {
    StringBuilder out = new StringBuilder();
    out.append("\n## ").append(group.path()).append("\n\n").append(group.what()).append("\n\n");
    out.append("| figure | median | min – max | unit |\n|---|---:|---:|---|\n");
    for (Group.Figure figure : group.figures()) {
      Spread spread = figure.spread();
      out.append("| ").append(figure.name());
      out.append(" | ").append(number(spread.median()));
      out.append(" | ").append(number(spread.min())).append(" – ").append(number(spread.max()));
      out.append(" | ").append(figure.unit()).append(" |\n");
    }
    return out.toString();
  }

  /** Three digits that mean something: 12,345 or 123 or 12.3 or 1.23. */
  static String number(double value) {
    double size = Math.abs(value);
    String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
