package io.hodei.schedules.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Local times of cron expressions. */
class CronTest {
  private static final LocalDateTime NEW_YEAR = LocalDateTime.of(2024, 1, 1, 0, 0);

  @Test
  void seconds_are_a_sixth_field_in_front() {
    assertThat(Cron.of("*/20 59 23 31 12 *").next(NEW_YEAR.plusYears(1).minusSeconds(21)))
        .contains(LocalDateTime.of(2024, 12, 31, 23, 59, 40));
  }

  @Test
  void every_second_by_dice_is_the_one_by_definition() {
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      String expression =
          random.nextInt(60) + "/" + (1 + random.nextInt(20)) + " " + RandomCron.next(random);
      CronByDefinition definition = new CronByDefinition(expression);
      LocalDateTime time = NEW_YEAR.plusSeconds(random.nextInt(100_000_000));
      for (int ticks = 0; ticks < 20; ticks++) {
        LocalDateTime wanted = search(definition, time);
        if (wanted.isAfter(time.plusYears(3))) {
          break;
        }
        assertThat(Cron.of(expression).next(time))
            .as("%s after %s", expression, time)
            .contains(wanted);
        time = wanted;
      }
    }
  }

  private static LocalDateTime search(CronByDefinition definition, LocalDateTime after) {
    LocalDateTime time = after.plusSeconds(1);
    while (!definition.means(time) && time.isBefore(after.plusYears(4))) {
      boolean date = definition.date(time.toLocalDate());
      time = date ? time.plusSeconds(1) : time.toLocalDate().plusDays(1).atStartOfDay();
    }
    return time;
  }

  @Test
  void names_of_whole_expressions_are_known() {
    assertThat(Cron.of("@weekly").next(NEW_YEAR)).contains(LocalDateTime.of(2024, 1, 7, 0, 0));
    assertThat(Cron.of("@hourly").next(NEW_YEAR)).contains(NEW_YEAR.plusHours(1));
  }

  @Test
  void a_day_that_never_comes_has_no_time() {
    assertThat(Cron.of("0 0 30 2 *").next(NEW_YEAR)).isEmpty();
    assertThat(Cron.of("0 0 31 4,6,9,11 *").next(NEW_YEAR)).isEmpty();
    assertThat(Cron.of("0 0 29 2 *").next(LocalDateTime.of(2096, 3, 1, 0, 0)))
        .contains(LocalDateTime.of(2104, 2, 29, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          60 * * * *       | has '60' as minute; it takes 0-59
          * 24 * * *       | as hour; it takes 0-23
          * * 0 * *        | has '0' as day of month
          * * * JANUARY *  | has 'JANUARY' as month; it takes 1-12 or JAN-DEC
          * * * * 8        | as day of week; it takes 0-7
          * * * * MON#6    | has 'MON#6' as day of week
          5-1 * * * *      | the range ends before it begins
          */0 * * * *      | has '*/0' as minute
          1,,2 * * * *     | has '' as minute
          * * *            | has 3 fields
          @often           | is no known name
          """)
  void a_wrong_expression_says_which_field_and_what_it_takes(String expression, String message) {
    assertThatThrownBy(() -> Cron.of(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
