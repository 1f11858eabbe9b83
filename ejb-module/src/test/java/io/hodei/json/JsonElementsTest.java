package io.hodei.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonElementsTest {
  /** Gives one byte per call, the worst that a network does. */
  private static InputStream dribble(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(1, length));
      }
    };
  }

  private static List<Json> all(JsonElements elements) throws IOException {
    List<Json> values = new ArrayList<>();
    for (Optional<Json> next = elements.next(); next.isPresent(); next = elements.next()) {
      values.add(next.get());
    }
    return values;
  }

  private static Json number(int value) {
    return new Json.Num(Integer.toString(value));
  }

  @Test
  void lines_are_read_one_by_one_and_empty_ones_are_skipped() throws IOException {
    assertThat(all(JsonElements.ofLines(dribble("1\n\n 2 \r\n\n3"))))
        .containsExactly(number(1), number(2), number(3));
    assertThat(all(JsonElements.ofLines(dribble("")))).isEmpty();
    assertThat(all(JsonElements.ofLines(dribble("\n\n")))).isEmpty();
    assertThat(all(JsonElements.ofLines(dribble("7\n")))).containsExactly(number(7));
  }

  @Test
  void after_a_bad_line_the_next_one_is_read() throws IOException {
    JsonElements lines = JsonElements.ofLines(dribble("1\n{\n3\n"));
    assertThat(lines.next()).contains(number(1));
    assertThatThrownBy(lines::next).isInstanceOf(JsonRefused.class).hasMessageContaining("line 2");
    assertThat(lines.next()).contains(number(3));
    assertThat(lines.next()).isEmpty();
  }

  @Test
  void items_of_an_array_are_read_one_by_one() throws IOException {
    assertThat(all(JsonElements.ofArray(dribble(" [1, {\"a\":\"],\\\"\"} ,[2,[3]]\n] "))))
        .hasSize(3)
        .first()
        .isEqualTo(number(1));
    assertThat(all(JsonElements.ofArray(dribble("[]")))).isEmpty();
    assertThat(all(JsonElements.ofArray(dribble(" [ ] ")))).isEmpty();
  }

  @Test
  void an_array_that_is_not_well_formed_is_refused() {
    for (String text :
        new String[] {
          "", "{}", "1", "[1", "[1,", "[1,]", "[,]", "[1]2", "[1 2]", "[\"", "[{]}", "[1}]"
        }) {
      assertThatThrownBy(() -> all(JsonElements.ofArray(dribble(text))))
          .as(text)
          .isInstanceOf(JsonRefused.class);
    }
  }

  @Test
  void a_deep_item_is_refused_before_it_is_read_to_its_end() {
    assertThatThrownBy(
            () ->
                JsonElements.ofArray(
                        new ByteArrayInputStream(
                            "[".repeat(10_000).getBytes(StandardCharsets.UTF_8)))
                    .next())
        .hasMessageContaining("deeper than 64");
  }

  @Test
  void one_value_has_a_limit() {
    String big = "\"" + "a".repeat(JsonElements.MAX_ELEMENT) + "\"";
    for (JsonElements elements :
        List.of(
            JsonElements.ofLines(new ByteArrayInputStream(big.getBytes(StandardCharsets.UTF_8))),
            JsonElements.ofArray(
                new ByteArrayInputStream(("[" + big + "]").getBytes(StandardCharsets.UTF_8))))) {
      assertThatThrownBy(() -> all(elements))
          .isInstanceOfSatisfying(
              DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }
  }

  @Test
  void all_values_together_have_a_limit() {
    byte[] line = ("\"" + "a".repeat(1 << 16) + "\"\n").getBytes(StandardCharsets.UTF_8);
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(
                Collections.nCopies(2_000, new byte[0]).stream()
                    .map(none -> (InputStream) new ByteArrayInputStream(line))
                    .toList()));
    assertThatThrownBy(
            () -> {
              JsonElements lines = JsonElements.ofLines(endless);
              while (lines.next().isPresent()) {
                // Reads on.
              }
            })
        .hasMessageContaining("in parts");
  }
}
