package io.hodei.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final View VIEW = View.of("id", "id", "name", "priority.lane");
  private static final Json JOB =
      Json.parse(
          "{\"id\":\"A1\",\"name\":\"x\",\"priority\":{\"lane\":\"HIGH\",\"level\":3},\"tags\":[\"a\",\"no\"]}");

  @Test
  void a_table_is_as_wide_as_its_cells() {
    assertThat(many(Format.table)).isEqualTo("ID  NAME  PRIORITY.LANE\nA1  x     HIGH\n");
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
