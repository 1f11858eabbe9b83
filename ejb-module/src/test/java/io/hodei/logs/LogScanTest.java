package io.hodei.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.logs.LogHits.Hit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogScanTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The whole log at once, line by line. */
  private static List<Long> expected(String log, String text, boolean matchCase, long from) {
    String all = matchCase ? log : log.toLowerCase(Locale.ROOT);
    String sought = matchCase ? text : text.toLowerCase(Locale.ROOT);
    List<Long> lines = new ArrayList<>();
    for (int at = all.indexOf(sought, (int) from); at >= 0; at = all.indexOf(sought, at + 1)) {
      long line = all.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
      if (lines.isEmpty() || lines.getLast() != line) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static LogScan scan(
      String log, Needle needle, int limit, long from, Random random, int mostBytes) {
    byte[] all = bytes(log);
    // As the database does it: begins with the chunk in which the offset is.
    List<byte[]> chunks = new ArrayList<>();
    for (int at = 0; at < all.length; ) {
      int size = Math.min(all.length - at, 1 + random.nextInt(mostBytes));
      chunks.add(Arrays.copyOfRange(all, at, at + size));
      at += size;
    }
    int index = 0;
    long start = 0;
    long lines = 0;
    while (index < chunks.size() - 1 && start + chunks.get(index).length <= from) {
      start += chunks.get(index).length;
      lines += LogScan.newlines(chunks.get(index), 0, chunks.get(index).length);
      index++;
    }
    LogScan scan = new LogScan(needle, limit, from, start, lines);
    for (; index < chunks.size() && !scan.isFull(); index++) {
      byte[] chunk = chunks.get(index);
      scan.take(chunk, LogScan.newlines(chunk, 0, chunk.length));
    }
    return scan;
  }

  private static String random(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("aAbB\nc".charAt(random.nextInt(6)));
    }
    return text.toString();
  }

  @Test
  void finds_each_line_once_wherever_the_chunks_are_cut() {
    Random random = new Random(1);
    for (int round = 0; round < 3_000; round++) {
      String log = random(random, random.nextInt(400));
      String text = random(random, 1 + random.nextInt(5)).replace('\n', 'c');
      boolean matchCase = random.nextBoolean();
      long from = log.isEmpty() ? 0 : random.nextInt(log.length());
      LogScan scan =
          scan(log, new Needle(text, matchCase), 1_000, from, random, 1 + random.nextInt(40));
      assertThat(scan.hits().stream().map(Hit::line))
          .as("%s in %s from %d", text, log, from)
          .isEqualTo(expected(log, text, matchCase, from));
      for (Hit hit : scan.hits()) {
        assertThat(log.regionMatches(!matchCase, (int) hit.offset(), text, 0, text.length()))
            .isTrue();
      }
    }
  }

  @Test
  void pages_together_find_what_one_call_finds() {
    Random random = new Random(2);
    for (int round = 0; round < 1_000; round++) {
      String log = random(random, 300);
      String text = random(random, 1 + random.nextInt(3)).replace('\n', 'c');
      List<Long> lines = new ArrayList<>();
      long from = 0;
      LogScan scan;
      do {
        scan = scan(log, new Needle(text, true), 2, from, random, 60);
        scan.hits().stream().map(Hit::line).forEach(lines::add);
        assertThat(scan.next()).isGreaterThanOrEqualTo(from);
        from = scan.next();
      } while (scan.isFull());
      assertThat(lines.stream().distinct().toList()).isEqualTo(expected(log, text, true, 0));
    }
  }

  @Test
  void an_excerpt_is_of_its_line_and_cuts_no_character() {
    String around = "ä".repeat(200);
    LogScan scan =
        scan(
            "before\n" + around + "needle" + around + "\nbehind",
            new Needle("NEEDLE", false),
            10,
            0,
            new Random(3),
            10_000);
    String excerpt = scan.hits().getFirst().excerpt();
    assertThat(excerpt).contains("needle").doesNotContain("\uFFFD").matches("ä+needleä+");
    assertThat(scan.hits().getFirst().line()).isEqualTo(2);
  }

  @Test
  void bytes_that_are_no_text_are_looked_through_too() {
    byte[] log = {(byte) 0xff, 0, (byte) 0xfe, '\n', 'x', 0, (byte) 0x80};
    LogScan scan = new LogScan(new Needle("x", true), 10, 0, 0, 0);
    scan.take(log, 1);
    assertThat(scan.hits()).singleElement().satisfies(hit -> assertThat(hit.line()).isEqualTo(2));
  }
}
