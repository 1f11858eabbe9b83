package io.hodei.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
  private static Document yaml(String text) {
    return Document.ofYaml(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Document json(String text) {
    return Document.ofJson(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String shown(Document document) {
    return new JsonWriter().value(document.json()).toString();
  }

  @Test
  void yaml_and_json_of_the_same_content_are_equal() {
    Document yaml =
        yaml(
            """
            # a comment
            name: build
            n: [1, -2.5, 1e3]
            on: yes
            nothing: ~
            flag: true
            day: 2026-11-21
            at: 10:30
            block: |
              a
               b
            folded: >-
              c
              d
            quoted: "x\\u00e4\\ty"
            base: &b {k: v}
            copy: *b
            """);
    Document json =
        json(
            """
            {"name":"build","n":[1,-2.5,1e3],"on":"yes","nothing":null,"flag":true,"day":"2026-11-21","at":"10:30",
            "block":"a\\n b\\n","folded":"c d","quoted":"xä\\ty","base":{"k":"v"},"copy":{"k":"v"}}
            """);
    assertThat(shown(yaml)).isEqualTo(shown(json));
  }

  @ParameterizedTest
  @CsvSource({
    "/name, 1, 7",
    "/steps/0/id, 3, 7",
    "/steps/0/command/1, 4, 17",
    "/steps/1, 5, 3",
    "/steps/9, 2, 1",
    "'', 1, 1"
  })
  void every_part_of_yaml_knows_its_place(String pointer, int line, int column) {
    Document document =
        yaml("name: x\nsteps:\n- id: a\n  command: [sh, -c]\n- id: b\n  command: []\n");
    assertThat(document.at(pointer)).isEqualTo(new Place(line, column));
  }

  @ParameterizedTest
  @CsvSource({"/name, 1, 9", "/steps/0/id, 2, 18", "/steps/1, 3, 2", "/a~1b, 3, 21"})
  void every_part_of_json_knows_its_place(String pointer, int line, int column) {
    Document document =
        json("{\"name\":\"x\",\n \"steps\":[{\"id\": \"a\"},\n {\"id\": \"b\"}],\"a/b\":1}");
    assertThat(document.at(pointer)).isEqualTo(new Place(line, column));
  }

  @Test
  void characters_inside_of_texts_have_places() {
    Document document =
        yaml("a: params.x + 1\nb: 'params.x'\nc: |\n  one\n  two ${{ x }}\nd: \"a\\tb\"\n");
    assertThat(document.at("/a", 7)).isEqualTo(new Place(1, 11));
    assertThat(document.at("/b", 7)).isEqualTo(new Place(2, 12));
    assertThat(document.at("/c", 8)).isEqualTo(new Place(5, 7));
    assertThat(document.at("/d", 2)).isEqualTo(new Place(6, 4));
    assertThat(json("{\"a\":\"params.x\"}").at("/a", 7)).isEqualTo(new Place(1, 14));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2 | line 2, column 1: the key \"a\" is there twice",
        "a: 007 | line 1, column 4: 007 may be a number or a text",
        "a: .5 | .5 may be a number or a text",
        "a: 0x1F | 0x1F may be a number or a text",
        "a: !!python/object x | a tag is not allowed",
        "a: 1\\n---\\nb: 2 | line 2, column 1: there is a second document",
        "a: *b | there is no complete value before it with the anchor &b",
        "a: &a [*a] | there is no complete value before it",
        "a: [1, 2 | line 1",
        "a:\\n\\t- b | line 2",
        "? [a]\\n: b | a key must be a text",
        "'' | there is nothing in it",
        "\"\\\\ud800\" | surrogate",
      })
  void what_is_doubtful_in_yaml_is_refused(String text, String message) {
    assertThatThrownBy(
            () -> yaml(text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")))
        .isInstanceOf(JsonRefused.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("The body is not valid YAML");
  }

  @Test
  void aliases_cannot_make_a_small_text_large() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
    for (int i = 1; i < 12; i++) {
      String previous = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (previous + ", ").repeat(9) + previous));
    }
    assertThatThrownBy(() -> yaml(bomb.toString())).hasMessageContaining("more than 500000 values");
    assertThatThrownBy(() -> yaml("[".repeat(100_000))).hasMessageContaining("deeper than 64");
  }
}
