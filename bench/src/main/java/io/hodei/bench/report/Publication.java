package io.hodei.bench.report;

import io.hodei.bench.BenchException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prints each group when it is ready and keeps the JSON file whole, so that a killed run leaves
 * what it has measured.
 */
public final class Publication {
  private final PrintStream out;
  private final @Nullable Path json;
  private final Map<String, String> machine;
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private boolean begun;

  /**
   * @param json null: no file
   */
  public Publication(PrintStream out, @Nullable Path json, Map<String, String> machine) {
    this.out = out;
    this.json = json;
    this.machine = machine;
  }

  /** What is known before the next group; what is printed already is not printed again. */
  public void facts(Map<String, String> moreVersions, Map<String, String> moreSettings) {
    versions.putAll(moreVersions);
    settings.putAll(moreSettings);
  }

  public void add(Group group) {
    groups.add(group);
    if (!begun) {
      begun = true;
      out.print(Markdown.head(report()));
    }
    out.print(Markdown.of(group));
    out.flush();
    write();
  }

  /** The group of this path, when it was measured in this run. */
  public Optional<Group> group(String path) {
    return groups.stream().filter(group -> group.path().equals(path)).findFirst();
  }

  public Report report() {
    return new Report(machine, versions, settings, List.copyOf(groups));
  }

  private void write() {
    if (json == null) {
      return;
    }
    try {
      Files.writeString(json, JsonReport.of(report()));
    } catch (IOException e) {
      throw new BenchException("The report could not be written to %s: %s".formatted(json, e), e);
    }
  }
}
