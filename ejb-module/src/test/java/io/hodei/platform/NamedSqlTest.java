package io.hodei.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedSqlTest {
  @Test
  void names_become_question_marks_in_their_order() {
    NamedSql sql = NamedSql.of("select :a, b from t where x = :b and y = :a");
    assertThat(sql.text()).isEqualTo("select ?, b from t where x = ? and y = ?");
    assertThat(sql.names()).containsExactly("a", "b", "a");
  }

  @Test
  void what_stands_in_quotes_stays() {
    assertThat(NamedSql.of("select ':a', 'it''s :b', :c").names()).containsExactly("c");
  }

  @Test
  void operators_with_question_marks_are_kept_from_jdbc() {
    assertThat(NamedSql.of("select a ? 'b'").text()).isEqualTo("select a ?? 'b'");
  }
}
