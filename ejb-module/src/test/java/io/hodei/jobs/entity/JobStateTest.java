package io.hodei.jobs.entity;

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

class JobStateTest {
  @Test
  void the_table_of_transitions_is_the_one_of_the_database() throws IOException {
    assertThat(transitionsOfTheDatabase()).isEqualTo(transitionsOfTheEnum());
  }

  @Test
  void the_states_are_those_of_the_database() throws IOException {
    String check =
        section(migration(), "constraint jobs_state_known check", "constraint jobs_level_in_range");
    Set<String> stored = new TreeSet<>();
    Pattern.compile("'([A-Z_]+)'")
        .matcher(check)
        .results()
        .forEach(match -> stored.add(match.group(1)));
    Set<String> known = new TreeSet<>();
    for (JobState state : JobState.values()) {
      known.add(state.name());
    }
    assertThat(stored).isEqualTo(known);
  }

  @Test
  void the_diagram_shows_the_table_of_transitions() throws IOException {
    Path page = Path.of("..", "docs", "states", "job.md");
    assertThat(Files.readString(page))
        .as("run with -Dhodei.write-docs to write it again")
        .contains(diagram());
  }

  @Test
  void an_ended_job_stays_as_it_is() {
    for (JobState state : JobState.values()) {
      assertThat(state.isTerminal()).isEqualTo(state.next().isEmpty());
    }
    assertThat(JobState.SUCCEEDED.canBecome(JobState.QUEUED)).isFalse();
  }

  @Test
  void a_lost_agent_sends_its_jobs_back_to_the_queue() {
    assertThat(JobState.RUNNING.canBecome(JobState.QUEUED)).isTrue();
    assertThat(JobState.LEASED.canBecome(JobState.QUEUED)).isTrue();
  }

  private static String diagram() {
    StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    for (JobState from : JobState.values()) {
      for (JobState to : JobState.values()) {
        if (from.canBecome(to)) {
          text.append("    ").append(from).append(" --> ").append(to).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static Set<String> transitionsOfTheEnum() {
    Set<String> transitions = new TreeSet<>();
    for (JobState from : JobState.values()) {
      from.next().forEach(to -> transitions.add(from + ">" + to));
    }
    return transitions;
  }

  private static Set<String> transitionsOfTheDatabase() throws IOException {
    Set<String> transitions = new TreeSet<>();
    Pattern.compile("'([A-Z_]+>[A-Z_]+)'")
        .matcher(migration())
        .results()
        .forEach(match -> transitions.add(match.group(1)));
    return transitions;
  }

  private static String section(String text, String from, String to) {
    int start = text.indexOf(from);
    return text.substring(start, text.indexOf(to, start));
  }

  private static String migration() throws IOException {
    try (InputStream in =
        JobStateTest.class.getResourceAsStream("/db/migration/V004__create_jobs.sql")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
