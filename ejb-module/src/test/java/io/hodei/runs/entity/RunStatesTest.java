package io.hodei.runs.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The states in the code, in the database and in the picture are the same. */
class RunStatesTest {
  @Test
  void the_transitions_of_runs_are_those_of_the_database() throws IOException {
    Set<String> ours = new TreeSet<>();
    for (RunState from : RunState.values()) {
      from.next().forEach(to -> ours.add(from + ">" + to));
    }
    assertThat(transitions("create trigger runs_transition_allowed")).isEqualTo(ours);
  }

  @Test
  void the_transitions_of_steps_are_those_of_the_database() throws IOException {
    Set<String> ours = new TreeSet<>();
    for (StepState from : StepState.values()) {
      from.next().forEach(to -> ours.add(from + ">" + to));
    }
    assertThat(transitions("create trigger run_steps_transition_allowed")).isEqualTo(ours);
  }

  @Test
  void the_states_are_those_of_the_database() throws IOException {
    assertThat(states("constraint runs_state_known")).isEqualTo(names(RunState.values()));
    assertThat(states("constraint run_steps_state_known")).isEqualTo(names(StepState.values()));
  }

  @Test
  void the_page_shows_them() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "states", "run.md"));
    for (RunState from : RunState.values()) {
      from.next().forEach(to -> assertThat(page).contains("    " + from + " --> " + to + "\n"));
    }
    for (StepState from : StepState.values()) {
      from.next().forEach(to -> assertThat(page).contains("    " + from + " --> " + to + "\n"));
    }
  }

  private static Set<String> names(Enum<?>[] values) {
    Set<String> names = new TreeSet<>();
    for (Enum<?> value : values) {
      names.add(value.name());
    }
    return names;
  }

  private static Set<String> transitions(String beginning) throws IOException {
    return found("'([A-Z_]+>[A-Z_]+)'", section(beginning, "execute function"));
  }

  private static Set<String> states(String beginning) throws IOException {
    return found("'([A-Z_]+)'", section(beginning, "\n"));
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> all = new TreeSet<>();
    Pattern.compile(pattern).matcher(text).results().forEach(match -> all.add(match.group(1)));
    return all;
  }

  private static String section(String from, String to) throws IOException {
    try (InputStream in =
        RunStatesTest.class.getResourceAsStream("/db/migration/V008__create_runs.sql")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int start = text.indexOf(from);
      return text.substring(start, text.indexOf(to, start));
    }
  }
}
