package io.hodei.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CursorTest {
  @Test
  void a_cursor_leads_back_to_its_position_in_its_list_only() {
    String cursor = Cursor.format(123_456_789L, "jobs{state=[QUEUED]}");
    assertThat(Cursor.parse(cursor, "jobs{state=[QUEUED]}")).isEqualTo(123_456_789L);
    assertThat(Cursor.parse(cursor, "jobs{state=[FAILED]}")).isEqualTo(-1);
    assertThat(Cursor.parse(cursor, "tokens{}")).isEqualTo(-1);
  }

  @Test
  void a_cursor_with_one_other_character_is_refused() {
    String cursor = Cursor.format(Long.MAX_VALUE, "jobs{}");
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(Cursor.parse(changed, "jobs{}")).as(changed).isEqualTo(-1);
    }
  }

  @Test
  void what_is_no_cursor_is_refused() {
    for (String text :
        new String[] {
          "", "x", "0", "' or 1=1 --", "A".repeat(16), "!".repeat(16), "ü".repeat(16)
        }) {
      assertThat(Cursor.parse(text, "jobs{}")).as(text).isEqualTo(-1);
    }
  }
}
