package io.hodei.schedules.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.DomainException;
import io.hodei.schedules.entity.CalendarDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calendars from iCalendar files. */
class ICalendarTest {
  private static final CalendarDays EMPTY =
      new CalendarDays(ZoneId.of("Europe/Berlin"), Set.of(), Set.of(), Map.of(), List.of());

  private static CalendarDays read(String... events) {
    return ICalendar.add(
        EMPTY,
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
            + String.join("\r\n", events)
            + "\r\nEND:VCALENDAR\r\n");
  }

  private static String event(String... lines) {
    return "BEGIN:VEVENT\r\nUID:1\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT";
  }

  @Test
  void whole_days_are_dates_and_their_end_is_not_among_them() {
    CalendarDays days =
        read(
            event(
                "DTSTART;VALUE=DATE:20261224",
                "DTEND;VALUE=DATE:20261227",
                "SUMMARY:Christ",
                " mas"),
            event("DTSTART;VALUE=DATE:20270101"));

    assertThat(days.dates())
        .containsExactlyInAnyOrder(
            LocalDate.of(2026, 12, 24),
            LocalDate.of(2026, 12, 25),
            LocalDate.of(2026, 12, 26),
            LocalDate.of(2027, 1, 1));
  }

  @Test
  void times_are_periods_in_the_zone_they_name() {
    CalendarDays days =
        read(
            event("DTSTART:20261201T100000Z", "DURATION:PT90M"),
            event(
                "DTSTART;TZID=America/New_York:20261202T090000",
                "DTEND;TZID=America/New_York:20261202T100000"),
            event("DTSTART:20261203T090000", "DTEND:20261203T100000"));

    assertThat(days.contains(Instant.parse("2026-12-01T11:29:59Z"))).isTrue();
    assertThat(days.contains(Instant.parse("2026-12-01T11:30:00Z"))).isFalse();
    assertThat(days.contains(Instant.parse("2026-12-02T14:00:00Z"))).isTrue();
    assertThat(days.contains(Instant.parse("2026-12-03T08:00:00Z"))).isTrue();
  }

  @Test
  void a_yearly_day_comes_every_year_and_a_cancelled_one_never() {
    CalendarDays days =
        read(
            event("DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY"),
            event("DTSTART;VALUE=DATE:20260601", "STATUS:CANCELLED"));

    assertThat(days.annual()).containsExactly(MonthDay.of(5, 1));
    assertThat(days.dates()).isEmpty();
  }

  @Test
  void what_is_not_understood_is_refused_with_its_line() {
    assertThatThrownBy(
            () -> read(event("DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=MONTHLY;BYDAY=1MO")))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("line 6")
        .hasMessageContaining("FREQ=YEARLY");
    assertThatThrownBy(() -> ICalendar.add(EMPTY, "hello"))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> read(event("SUMMARY:when?")))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("no DTSTART");
    assertThatThrownBy(() -> read(event("DTSTART:20269901T100000Z")))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("line 5");
  }

  @Test
  void what_was_written_is_read_as_the_same() {
    CalendarDays days =
        CalendarInput.read(
            ScheduleDocument.json(
                "{\"zone\":\"Europe/Berlin\",\"dates\":[\"2026-04-03\"],\"annual\":[\"12-25\"],\"weekly\":{\"MON\":[\"09:00-12:00\",\"13:00-24:00\"]}}"));

    assertThat(CalendarInput.read(ScheduleDocument.json(CalendarInput.text(days)))).isEqualTo(days);
    assertThat(days.contains(Instant.parse("2026-03-30T21:59:59Z"))).isTrue();
    assertThat(days.contains(Instant.parse("2026-03-30T22:00:00Z"))).isFalse();
  }
}
