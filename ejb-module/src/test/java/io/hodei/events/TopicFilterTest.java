package io.hodei.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.DomainException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "job.*|job.ended|true",
        "job.*|jobs.ended|false",
        "job.*|agent.lost|false",
        "job.ended|job.ended|true",
        "job.ended|job.ended-late|false",
        "agent.*,job.ended|agent.lost|true",
        "agent.*, job.ended|job.started|false",
        "*|anything.here|true",
        "''|job.ended|true",
      })
  void a_topic_is_accepted_by_its_name_its_family_or_by_all(
      String filter, String topic, boolean accepted) {
    assertThat(TopicFilter.parse(filter).accepts(topic)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"job", "job.", ".*", "*.ended", "job.*.x", "JOB.*", "job.*,", "job%"})
  void what_is_no_pattern_is_refused(String text) {
    assertThatThrownBy(() -> TopicFilter.parse(text)).isInstanceOf(DomainException.class);
  }

  @Test
  void a_cursor_is_read_back_from_its_text_and_orders_events() {
    assertThat(EventCursor.parse("12.3")).isEqualTo(new EventCursor(12, 3));
    assertThat(EventCursor.parse("12")).isEqualTo(EventCursor.behind(12));
    assertThat(EventCursor.parse(EventCursor.behind(12).text())).isEqualTo(EventCursor.behind(12));
    assertThat(EventCursor.parse("12.3")).isLessThan(EventCursor.parse("12"));
    assertThat(EventCursor.parse("12")).isLessThan(EventCursor.parse("13.0"));
    for (String bad : new String[] {"", "x", "-1", "1.", "1.-1", "1.2.3", "99999999999999999999"}) {
      assertThatThrownBy(() -> EventCursor.parse(bad)).as(bad).isInstanceOf(DomainException.class);
    }
  }
}
