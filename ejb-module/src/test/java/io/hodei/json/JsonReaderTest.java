package io.hodei.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  /** The promise is 50 ms; a busy machine gets ten times that. */
  private static final long MOST_CPU_MILLIS = 500;

  private static final int MEGABYTE = 1 << 20;

  private static Json read(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void reads_every_kind_of_value() {
    Json json =
        read(
            " {\"a\": [1, -2.5e+3, true, false, null], \"b\": {\"c\": \"x\\n\\u00e9\\ud83d\\ude00ü\"}} ");
    assertThat(json)
        .isEqualTo(
            new Json.Obj(
                Map.of(
                    "a",
                    new Json.Arr(
                        List.of(
                            new Json.Num("1"),
                            new Json.Num("-2.5e+3"),
                            new Json.Bool(true),
                            new Json.Bool(false),
                            Json.Null.INSTANCE)),
                    "b",
                    new Json.Obj(Map.of("c", new Json.Text("x\né😀ü"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "tru",
        "nulll",
        "True",
        "\"",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "1 1",
        "{} {}",
        "[]x",
        "// a\n1",
        "/* */1",
        "\uFEFF{}",
        "\u00a01"
      })
  void refuses_what_is_not_json(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JsonRefused.class);
  }

  @Test
  void a_duplicate_key_is_refused_also_when_it_is_written_differently() {
    assertThatThrownBy(() -> read("{\"a\":1,\n \"\\u0061\":2}"))
        .isInstanceOf(JsonRefused.class)
        .hasMessageContaining("line 2, column 2")
        .hasMessageContaining("\"a\" is there twice");
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    for (int[] bytes :
        new int[][] {
          {0x80},
          {0xc0, 0x80},
          {0xc1, 0xbf},
          {0xe0, 0x80, 0x80},
          {0xed, 0xa0, 0x80},
          {0xf0, 0x80, 0x80, 0x80},
          {0xf4, 0x90, 0x80, 0x80},
          {0xf5, 0x80, 0x80, 0x80},
          {0xff},
          {0xe2, 0x82},
          {0xc3}
        }) {
      byte[] text = new byte[bytes.length + 2];
      text[0] = '"';
      for (int i = 0; i < bytes.length; i++) {
        text[i + 1] = (byte) bytes[i];
      }
      text[text.length - 1] = '"';
      assertThatThrownBy(() -> JsonReader.read(text))
          .isInstanceOf(JsonRefused.class)
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void depth_number_and_key_count_have_a_limit_and_it_is_exact() {
    assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Json.Arr.class);
    assertThatThrownBy(() -> read("[".repeat(65) + "]".repeat(65)))
        .hasMessageContaining("deeper than 64");
    assertThat(read("1".repeat(64))).isInstanceOf(Json.Num.class);
    assertThatThrownBy(() -> read("1".repeat(65))).hasMessageContaining("longer than 64");
    assertThat(read(keys(10_000))).isInstanceOf(Json.Obj.class);
    assertThatThrownBy(() -> read(keys(10_001))).hasMessageContaining("more than 10000 keys");
  }

  @Test
  void no_text_of_a_megabyte_costs_much_time() {
    List<byte[]> bombs = new ArrayList<>();
    bombs.add(ascii("[".repeat(MEGABYTE)));
    bombs.add(ascii("{\"a\":".repeat(MEGABYTE / 5)));
    bombs.add(ascii("1".repeat(MEGABYTE)));
    bombs.add(ascii("-0." + "9".repeat(MEGABYTE - 3)));
    bombs.add(ascii("1e" + "9".repeat(MEGABYTE - 2)));
    bombs.add(ascii("\"" + "\\u0041".repeat(MEGABYTE / 6) + "\""));
    bombs.add(ascii("\"" + "a".repeat(MEGABYTE)));
    bombs.add(ascii(" ".repeat(MEGABYTE)));
    bombs.add(ascii("\n".repeat(MEGABYTE) + "x"));
    bombs.add(ascii("[" + "0,".repeat(MEGABYTE / 2) + "0]"));
    bombs.add(ascii("[" + "[],".repeat(MEGABYTE / 3) + "0]"));
    bombs.add(ascii("[" + "{\"a\":0},".repeat(MEGABYTE / 8) + "0]"));
    bombs.add(ascii(keys(10_000)));
    bombs.add(ascii(collidingKeys()));
    bombs.forEach(JsonReaderTest::tryToRead);
    for (byte[] bomb : bombs) {
      long before = cpuNanos();
      tryToRead(bomb);
      assertThat((cpuNanos() - before) / 1_000_000)
          .as(new String(bomb, 0, 20, StandardCharsets.US_ASCII))
          .isLessThan(MOST_CPU_MILLIS);
    }
  }

  @Test
  void random_damage_is_refused_or_read_and_never_breaks() {
    byte[] good = ascii("{\"name\":\"a\\u00e9\",\"spec\":{\"command\":[\"x\",1.5e3,true,null]}}");
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = good.clone();
      for (int i = 0; i < 1 + round % 3; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      tryToRead(damaged);
    }
  }

  private static void tryToRead(byte[] text) {
    try {
      JsonReader.read(text);
    } catch (JsonRefused expected) {
      assertThat(expected.errors()).hasSize(1);
    }
  }

  private static String keys(int count) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":0");
    }
    return text.append('}').toString();
  }

  /** Keys with one hash code: Aa and BB collide, and so do all strings made of them. */
  private static String collidingKeys() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 8192; i++) {
      text.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 13; bit++) {
        text.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
      }
      text.append("\":0");
    }
    return text.append('}').toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Test
  void a_key_that_is_there_twice_is_pointed_at() {
    assertThat(pointerOf("{\"a\":1,\"a\":2}")).isEqualTo("/a");
    assertThat(pointerOf("{\"spec\":{\"list\":[0,{\"x/y~\":1,\"x/y~\":2}]}}"))
        .isEqualTo("/spec/list/1/x~1y~0");
    assertThat(pointerOf("{\"a\":1,}")).isEmpty();
  }

  private static String pointerOf(String text) {
    JsonRefused refused =
        catchThrowableOfType(
            JsonRefused.class,
            () -> JsonReader.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return refused.errors().getFirst().pointer();
  }
}
