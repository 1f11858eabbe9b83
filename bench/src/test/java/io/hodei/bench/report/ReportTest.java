package io.hodei.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.output.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Report report =
      new Report(
          Map.of("cores", "2"),
          Map.of("JDK", "25"),
          Map.of("fsync", "on"),
          List.of(
              new Group(
                  "engine.endToEnd", "All the way.", List.of(rate(900), rate(2500), rate(1200))),
              new Group("engine.other", "Something else.", List.of(rate(1)))));

  @Test
  void the_json_holds_the_median_where_programs_look_for_it() {
    Json json = Json.parse(JsonReport.of(report));

    assertThat(json.at("engine.endToEnd.jobsPerSecond").string()).isEqualTo("1200.0");
    assertThat(json.string("engine.endToEnd.spread.jobsPerSecond.min")).isEqualTo("900.0");
    assertThat(json.string("engine.endToEnd.spread.jobsPerSecond.max")).isEqualTo("2500.0");
    assertThat(json.at("engine.endToEnd.spread.jobsPerSecond.rounds").elements()).hasSize(3);
    assertThat(json.string("engine.other.jobsPerSecond")).isEqualTo("1.0");
    assertThat(json.string("settings.fsync")).isEqualTo("on");
  }

  @Test
  void the_markdown_shows_median_and_spread() {
    assertThat(Markdown.of(report))
        .contains("**Settings:** fsync on")
        .contains("| jobsPerSecond | 1,200 | 900 – 2,500 | jobs/s |");
  }

  @Test
  void the_median_of_an_even_number_of_rounds_is_the_mean_of_the_two_in_the_middle() {
    assertThat(new Spread(List.of(4.0, 1.0, 3.0, 100.0)).median()).isEqualTo(3.5);
  }

  private static Values rate(double jobs) {
    return new Values().put("jobsPerSecond", jobs, "jobs/s");
  }
}
