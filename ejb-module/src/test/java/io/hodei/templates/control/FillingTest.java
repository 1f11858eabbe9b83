package io.hodei.templates.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.platform.DomainException;
import io.hodei.platform.FieldError;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Template;
import io.hodei.templates.entity.TemplateRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FillingTest {
  private static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return Canonical.text(new Json.Text(text));
  }

  private static Template template(String parameters, String job) {
    return TemplateReader.read(
        Kind.TEMPLATE, json("{\"parameters\":%s,\"job\":%s}".formatted(parameters, job)), "t");
  }

  private static Template shell(String script) {
    return template(
        "[{\"name\":\"a\"},{\"name\":\"b\"}]",
        "{\"spec\":{\"shell\":%s}}".formatted(quoted(script)));
  }

  private static Json.Obj fill(Template template, Map<String, Json> values) {
    FieldErrors errors = new FieldErrors();
    Json.Obj filled = JobDocument.of(template, 3, TemplateRun.of(null, values), null, errors);
    errors.refuse();
    return filled;
  }

  private static Json at(Json.Obj job, String... path) {
    Json at = job;
    for (String step : path) {
      at =
          at instanceof Json.Arr array
              ? array.items().get(Integer.parseInt(step))
              : ((Json.Obj) at).members().getOrDefault(step, Json.Null.INSTANCE);
    }
    return at;
  }

  private static String text(Json.Obj job, String... path) {
    return Canonical.text(at(job, path));
  }

  private static List<String> pointers(Throwable thrown) {
    return ((DomainException) thrown).errors().stream().map(FieldError::pointer).toList();
  }

  @Test
  void values_stand_in_arguments_and_variables_as_they_are() {
    Template template =
        template(
            "[{\"name\":\"a\"},{\"name\":\"n\",\"type\":\"number\"}]",
            "{\"spec\":{\"command\":[\"echo\",\"x{{a}}y\",\"{{ n }}\"],\"environment\":{\"V\":\"{{a}}\"}}}");
    Json.Obj job =
        fill(template, Map.of("a", new Json.Text("'; rm -rf \"$HOME\"\n"), "n", new Json.Num("7")));

    assertThat(text(job, "spec", "command", "1")).isEqualTo(quoted("x'; rm -rf \"$HOME\"\ny"));
    assertThat(text(job, "spec", "command", "2")).isEqualTo("\"7\"");
    assertThat(text(job, "spec", "environment", "V")).isEqualTo(quoted("'; rm -rf \"$HOME\"\n"));
  }

  @Test
  void a_text_that_is_one_placeholder_takes_the_type_of_the_parameter() {
    Template template =
        template(
            "[{\"name\":\"n\",\"type\":\"number\"},{\"name\":\"label\"}]",
            "{\"retry\":{\"maxAttempts\":\"{{n}}\"},\"labels\":{\"n\":\"{{n}}\"},\"spec\":{\"shell\":\"true\"}}");
    Json.Obj job = fill(template, Map.of("n", new Json.Text("5")));

    assertThat(text(job, "retry", "maxAttempts")).isEqualTo("5");
    assertThat(text(job, "labels", "n")).isEqualTo("\"5\"");
  }

  @Test
  void what_was_inserted_is_never_read_again() {
    Json.Obj job =
        fill(
            shell("echo {{a}} {{b}}"),
            Map.of("a", new Json.Text("{{b}}"), "b", new Json.Text("{{{{a}}")));

    assertThat(text(job, "spec", "shell")).isEqualTo(quoted("echo '{{b}}' '{{{{a}}'"));
  }

  @Test
  void four_braces_stand_for_two() {
    Json.Obj job = fill(shell("echo {{{{a}} }} {{a}}"), Map.of("a", new Json.Text("x")));

    assertThat(text(job, "spec", "shell")).isEqualTo(quoted("echo {{a}} }} 'x'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "it's",
        "''",
        "'; touch HACKED; '",
        "$(touch HACKED)",
        "`touch HACKED`",
        "a\ntouch HACKED\n",
        "\\",
        "\\'; touch HACKED #",
        "${HOME}",
        "{{a}}",
        "-n",
        "é 😀 \u202e"
      })
  void a_value_is_one_word_of_the_shell_whatever_it_is(String value)
      throws IOException, InterruptedException {
    Template template =
        shell("printf '%s|' 'q' \"d\" {{a}} x{{b}}y # it's\n printf '%s' $(printf %s {{a}})");
    Json.Obj job = fill(template, Map.of("a", new Json.Text(value), "b", new Json.Text(value)));
    String script = ((Json.Text) at(job, "spec", "shell")).value();

    String out = output(script);

    assertThat(out).startsWith("q|d|" + value + "|x" + value + "y|");
  }

  private static String output(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh").redirectErrorStream(true).start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo '{{a}}'",
        "echo \"{{a}}\"",
        "echo \\{{a}}",
        "echo ${{a}}",
        "true # {{a}}",
        "true \\\n# it's 'a {{a}}",
        "cat <<END\n{{a}}\nEND",
        "echo `echo {{a}}`",
        "echo \"$(echo \"{{a}}\")\"",
        "echo $((1 + {{a}}))",
        "(( x = {{a}} ))",
        "echo $[{{a}}]",
        "echo ${x:-{{a}}}",
        "echo ${x:-\"} {{a}}",
        "echo $'it\\'s {{a}}'"
      })
  void a_value_does_not_go_where_quotes_would_not_protect(String script) {
    assertThatThrownBy(() -> shell(script))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("{{a}}")
        .hasMessageContaining("\"$V\"")
        .satisfies(thrown -> assertThat(pointers(thrown)).containsExactly("/job/spec/shell"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo {{a}}",
        "echo 'it' \"${HOME}\" {{a}}",
        "echo a#b {{a}}",
        "# it's a comment\necho {{a}}",
        "x={{a}}; echo \"$x\"",
        "for i in $(seq {{a}}); do (echo {{b}}); done",
        "cmd <{{a}} >{{b}} 2>&1"
      })
  void a_value_goes_where_the_shell_reads_plain_text(String script) {
    assertThat(shell(script).name()).isEqualTo("t");
  }

  @Test
  void raw_is_what_its_author_asked_for() {
    Json.Obj job =
        fill(
            shell("echo \"{{a|raw}}\" {{ b | raw }}"),
            Map.of("a", new Json.Text("$HOME"), "b", new Json.Text("*")));

    assertThat(text(job, "spec", "shell")).isEqualTo(quoted("echo \"$HOME\" *"));
  }

  @Test
  void unknown_missing_and_wrong_values_are_all_named() {
    Template template =
        template(
            "[{\"name\":\"r\",\"required\":true},{\"name\":\"o\"},{\"name\":\"e\",\"type\":\"enum\",\"values\":[\"x\"]},{\"name\":\"p\",\"pattern\":\"[a-z]+\"},{\"name\":\"d\",\"default\":\"dd\"}]",
            "{\"spec\":{\"command\":[\"{{o}}\",\"{{d}}\"]}}");
    assertThatThrownBy(
            () ->
                fill(
                    template,
                    Map.of(
                        "e",
                        new Json.Text("y"),
                        "p",
                        new Json.Text("A"),
                        "nope",
                        new Json.Num("1"))))
        .satisfies(
            thrown ->
                assertThat(pointers(thrown))
                    .containsExactlyInAnyOrder(
                        "/parameters/r",
                        "/parameters/o",
                        "/parameters/e",
                        "/parameters/p",
                        "/parameters/nope"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/job",
        "{\"job\":5}|/job",
        "{\"job\":{}}|/job/spec",
        "{\"job\":{\"spec\":{\"command\":[\"a\"]},\"nmae\":1}}|/job/nmae",
        "{\"job\":{\"spec\":{\"command\":[\"{{x}}\"]}}}|/job/spec/command/0",
        "{\"job\":{\"spec\":{\"command\":[\"{{\"]}}}|/job/spec/command/0",
        "{\"job\":{\"spec\":{\"command\":[\"{{{x}}}\"]}}}|/job/spec/command/0",
        "{\"job\":{\"spec\":{\"command\":[\"a\"]},\"pool\":\"../x\"}}|/job/pool",
        "{\"job\":{\"spec\":{\"command\":[\"a\"]},\"labels\":{\"a\":\"\\u0000\"}}}|/job/labels/a",
        "{\"tags\":[\"a b\"],\"job\":{}}|/tags/0",
        "{\"tags\":[\"a\",\"a\"],\"job\":{}}|/tags/1",
        "{\"name\":\"other\",\"job\":{}}|/name",
        "{\"content\":\"x\",\"job\":{}}|/content",
        "{\"parameters\":[{\"name\":\"1\"}],\"job\":{}}|/parameters/0/name",
        "{\"parameters\":[{\"name\":\"a\"},{\"name\":\"a\"}],\"job\":{}}|/parameters/1/name",
        "{\"parameters\":[{\"name\":\"a\",\"type\":\"number\",\"default\":\"x\"}],\"job\":{}}|/parameters/0/default",
        "{\"parameters\":[{\"name\":\"a\",\"pattern\":\"(\"}],\"job\":{}}|/parameters/0/pattern",
        "{\"parameters\":[{\"name\":\"a\",\"type\":\"enum\"}],\"job\":{}}|/parameters/0/values",
      })
  void a_mistake_of_the_author_is_named_when_it_is_stored(String document, String pointer) {
    assertThatThrownBy(() -> TemplateReader.read(Kind.TEMPLATE, json(document), "t"))
        .satisfies(thrown -> assertThat(pointers(thrown)).contains(pointer));
  }

  @Test
  void what_only_values_decide_is_left_to_them() {
    Template template =
        template(
            "[{\"name\":\"pool\"},{\"name\":\"wait\"}]",
            "{\"pool\":\"{{pool}}\",\"timeouts\":{\"run\":\"{{wait}}\"},\"spec\":{\"command\":[\"a\"]}}");

    assertThat(template.job().members()).containsKey("timeouts");
  }

  @Test
  void the_content_of_a_prompt_goes_to_its_tool() {
    Template prompt =
        TemplateReader.read(
            Kind.PROMPT,
            json(
                "{\"tool\":\"llm\",\"parameters\":[{\"name\":\"t\"}],\"content\":\"Sum up: {{t}} {{{{x}}\",\"job\":{\"requires\":{\"gpu\":\"1\"}}}"),
            "p");
    NewTool tool =
        new NewTool("llm", List.of("llm", "-m", "s"), Map.of("K", "v"), "gpus", Map.of("llm", "2"));
    FieldErrors errors = new FieldErrors();
    Json.Obj job =
        JobDocument.of(
            prompt, 2, TemplateRun.of(null, Map.of("t", new Json.Text("it's $x"))), tool, errors);

    assertThat(errors.isEmpty()).isTrue();
    assertThat(text(job, "spec", "stdin"))
        .isEqualTo(
            quoted(
                Base64.getEncoder()
                    .encodeToString("Sum up: it's $x {{x}}".getBytes(StandardCharsets.UTF_8))));
    assertThat(text(job, "spec", "command")).isEqualTo("[\"llm\",\"-m\",\"s\"]");
    assertThat(text(job, "requires")).isEqualTo("{\"gpu\":\"1\",\"llm\":\"2\"}");
    assertThat(text(job, "pool")).isEqualTo("\"gpus\"");
    assertThat(text(job, "labels"))
        .isEqualTo("{\"hodei.prompt\":\"p\",\"hodei.promptVersion\":\"2\"}");
  }

  @Test
  void values_cannot_make_a_small_template_huge() {
    Template template =
        template(
            "[{\"name\":\"a\"}]",
            "{\"spec\":{\"command\":[%s]}}".formatted(quoted("{{a}}".repeat(1_000))));

    assertThatThrownBy(() -> fill(template, Map.of("a", new Json.Text("x".repeat(60_000)))))
        .hasMessageContaining("larger than");
  }

  @Test
  void the_same_content_has_one_form() {
    String one =
        "{\"title\":\"T\",\"name\":\"t\",\"description\":null,\"job\":{\"pool\":\"p\",\"spec\":{\"command\":[\"a\"]}}}";
    String other = "{\"job\":{\"spec\":{\"command\":[\"a\"]},\"pool\":\"p\"},\"title\":\"T\"}";

    assertThat(TemplateReader.read(Kind.TEMPLATE, json(one), "t").canonical())
        .isEqualTo(TemplateReader.read(Kind.TEMPLATE, json(other), "t").canonical())
        .isEqualTo(
            "{\"name\":\"t\",\"title\":\"T\",\"job\":{\"pool\":\"p\",\"spec\":{\"command\":[\"a\"]}}}");
  }

  @Test
  void a_difference_shows_each_line_of_a_text() {
    assertThat(
            Differences.between(
                "{\"name\":\"p\",\"content\":\"a\\nb\\nc\"}",
                "{\"name\":\"p\",\"content\":\"a\\nB\\nc\"}"))
        .containsExactly(
            " {",
            "   \"name\": \"p\",",
            "   \"content\": |",
            "     a",
            "-    b",
            "+    B",
            "     c",
            " }");
  }
}
