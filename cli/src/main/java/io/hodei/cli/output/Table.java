package io.hodei.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, as wide as their widest cell; the last one is not padded. */
public final class Table {
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();

  public Table(List<String> heads) {
    rows.add(List.copyOf(heads));
  }

  /** Cells may come from anywhere: they are made harmless here. */
  public void row(List<String> cells) {
    rows.add(cells.stream().map(Plain::of).toList());
  }

  /** Every line ends with a line feed. */
  public String text() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        line.repeat(' ', i == row.size() - 1 ? 0 : widths[i] + GAP - width(row.get(i)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
