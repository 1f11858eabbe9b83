package io.hodei.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.bench.report.Group;
import io.hodei.bench.report.JsonReport;
import io.hodei.bench.report.Report;
import io.hodei.bench.report.Values;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
  @TempDir Path directory;
  private Path baseline = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void fake_a_baseline() throws IOException {
    baseline = write("baseline.json", 1000, 20, 30);
  }

  @Test
  void what_is_within_ten_percent_passes() throws IOException {
    assertThat(compare(write("report.json", 910, 21.9, 90))).isZero();
    assertThat(out.toString())
        .contains("0 more than 10 % worse", "same")
        .contains("engine.endToEnd.jobsPerSecond");
  }

  @Test
  void a_lower_rate_is_worse() throws IOException {
    assertThat(compare(write("report.json", 890, 20, 30))).isEqualTo(1);
    assertThat(worse()).containsExactly("engine.endToEnd.jobsPerSecond");
  }

  @Test
  void a_longer_time_is_worse_and_a_shorter_one_is_not() throws IOException {
    assertThat(compare(write("report.json", 1000, 22.1, 30))).isEqualTo(1);
    assertThat(worse()).containsExactly("engine.endToEnd.latencyP95Millis");
    assertThat(compare(write("report.json", 1000, 10, 30))).isZero();
  }

  @Test
  void nothing_in_common_is_no_success() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty.json"), "{}");
    assertThat(compare(empty)).isEqualTo(CompareCommand.NOTHING_IN_COMMON);
    assertThat(err.toString()).contains("no figure in common");
    assertThat(out.toString()).contains("not measured");
  }

  @Test
  void an_accepted_report_becomes_the_baseline() throws IOException {
    Path report = write("report.json", 100, 200, 30);
    assertThat(compare(report, "--accept")).isZero();
    assertThat(baseline).hasSameTextualContentAs(report);
    assertThat(compare(report)).isZero();
  }

  private int compare(Path report, String... more) {
    CommandLine line = Bench.commandLine();
    out.getBuffer().setLength(0);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    String[] arguments = {"compare", report.toString(), "--baseline", baseline.toString()};
    return line.execute(
        java.util.stream.Stream.of(arguments, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  private List<String> worse() {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("worse "))
        .map(line -> line.split(" +")[1])
        .toList();
  }

  private Path write(String name, double rate, double millis, double share) throws IOException {
    Values values =
        new Values()
            .put("jobsPerSecond", rate, "jobs/s")
            .put("latencyP95Millis", millis, "ms")
            .put("cpuNodePercent", share, "% of all cores");
    Group group = new Group("engine.endToEnd", "All the way.", List.of(values));
    Report report = new Report(Map.of(), Map.of(), Map.of(), List.of(group));
    return Files.writeString(directory.resolve(name), JsonReport.of(report));
  }
}
