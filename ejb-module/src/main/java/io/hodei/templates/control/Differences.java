package io.hodei.templates.control;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.platform.LineDiff;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Compares documents as people read them. */
public final class Differences {
  private Differences() {}

  /** All lines of both, each behind {@code +}, {@code -} or a space. */
  public static List<String> between(String from, String to) {
    return LineDiff.of(lines(from), lines(to));
  }

  private static List<String> lines(String canonical) {
    Json json = JsonReader.read(canonical.getBytes(StandardCharsets.UTF_8));
    return Canonical.lines(json);
  }
}
