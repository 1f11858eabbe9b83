package io.hodei.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final View VIEW = View.of("id", "id", "name", "priority.lane");
  private static final Json JOB =
      Json.parse(
          "{\"id\":\"A1\",\"name\":\"x\",\"priority\":{\"lane\":\"HIGH\",\"level\":3},\"tags\":[\"a\",\"no\"]}");

  @Test
  void a_table_is_as_wide_as_its_cells() {
    assertThat(many(Format.table)).isEqualTo("ID  NAME  PRIORITY\nA1  x     HIGH\n");
  }

  @Test
  void columns_have_titles_for_people() {
    Renderer renderer =
        new Renderer(Format.table, List.of("exitCode", "createdAt", "logLimitBytes"));

    assertThat(renderer.many(List.of(), VIEW)).isEqualTo("EXIT  CREATED  LOG LIMIT BYTES\n");
  }

  @Test
  void a_table_shows_how_long_ago_and_json_the_exact_time() {
    String time = Instant.now().minusSeconds(301).truncatedTo(ChronoUnit.MICROS).toString();
    Json job = Json.parse("{\"id\":\"A1\",\"createdAt\":\"%s\"}".formatted(time));
    View view = View.of("id", "createdAt");

    assertThat(new Renderer(Format.table, List.of()).many(List.of(job), view))
        .isEqualTo("CREATED\n5m ago\n");
    assertThat(new Renderer(Format.table, List.of()).one(job, view)).contains("UTC (5m ago)");
    assertThat(new Renderer(Format.json, List.of()).many(List.of(job), view)).contains(time);
  }

  @Test
  void ages_have_one_unit() {
    long now = Instant.parse("2026-11-21T08:00:00Z").getEpochSecond();
    assertThat(Times.age("2026-11-21T07:59:01.999999Z", now)).isEqualTo("59s ago");
    assertThat(Times.age("2026-11-20T09:00:00Z", now)).isEqualTo("23h ago");
    assertThat(Times.age("2026-11-11T08:00:00Z", now)).isEqualTo("10d ago");
    assertThat(Times.age("2026-11-21T08:02:30Z", now)).isEqualTo("in 2m");
    assertThat(Times.age("2026-99-21T08:02:30Z", now)).isEqualTo("2026-99-21T08:02:30Z");
    assertThat(Times.full("2026-11-21T07:59:00.123456Z", now))
        .isEqualTo("2026-11-21 07:59:00 UTC (1m ago)");
  }

  @Test
  void json_is_what_the_server_said() {
    assertThat(Json.parse(many(Format.json)).elements().getFirst()).isEqualTo(JOB);
  }

  @Test
  void ndjson_is_one_line_for_each() {
    assertThat(many(Format.ndjson)).isEqualTo(JOB.text() + "\n");
  }

  @Test
  void ids_stand_alone() {
    assertThat(many(Format.id)).isEqualTo("A1\n");
  }

  @Test
  void yaml_quotes_what_could_be_read_as_something_else() {
    assertThat(many(Format.yaml))
        .isEqualTo(
            "- id: A1\n  name: x\n  priority:\n    lane: HIGH\n    level: 3\n  tags:\n    - a\n    - \"no\"\n");
  }

  @Test
  void fields_choose_members_by_path() {
    Renderer renderer = new Renderer(Format.ndjson, List.of("id", "priority.level", "absent"));

    assertThat(renderer.one(JOB, VIEW)).isEqualTo("{\"id\":\"A1\",\"priority.level\":3}\n");
  }

  @Test
  void an_escape_sequence_in_a_name_does_not_reach_the_terminal() {
    Json evil =
        Json.parse("{\"id\":\"A1\",\"name\":\"\\u001b]0;owned\\u0007\\u009b2J\\u202e\\nx\"}");

    String text = new Renderer(Format.table, List.of()).many(List.of(evil), VIEW);

    assertThat(text)
        .contains("\\x1b]0;owned\\x07\\x9b2J\\u202e\\nx")
        .doesNotContain("\u001B", "\u009b", "\u202e");
  }

  @Test
  void harmless_text_of_any_language_stays() {
    assertThat(Plain.of("Übermut 日本 🎉")).isEqualTo("Übermut 日本 🎉");
  }

  private static String many(Format format) {
    return new Renderer(format, List.of()).many(List.of(JOB), VIEW);
  }
}
