package io.hodei.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.logs.LogHits.Hit;
import io.hodei.platform.DomainException;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.testing.Heard;
import io.hodei.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines of stored logs, against the same bytes in memory. */
class LogLinesTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final LogJobs JOBS = new LogJobs(DATABASE);
  private static final AtomicLong IDS = new AtomicLong(1000);
  private static final long SESSION = 77;
  private static final Caller ONE = caller(1);

  private final LogIntake intake = new LogIntake(DATABASE.engine(), new Heard<>());
  private final LogReading reading = new LogReading(DATABASE.tenants());
  private final LogLines lines = new LogLines(DATABASE.tenants(), reading);
  private final long job = IDS.incrementAndGet();

  private static Caller caller(long tenant) {
    return new Caller(tenant, "t", 1, "test", Role.ADMIN, Role.ADMIN.permissions());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private <T> T ask(Function<LogLines, T> work) {
    return DATABASE.tenantTransactions().inTransaction(() -> work.apply(lines));
  }

  /** Stores a log in pieces of at most so many bytes. */
  private void store(String text, LogStream stream, int firstSequence, int mostBytes) {
    byte[] all = bytes(text);
    Random random = new Random(5);
    List<LogPiece> pieces = new ArrayList<>();
    int sequence = firstSequence;
    for (int at = 0; at < all.length; ) {
      int size = Math.min(all.length - at, 1 + random.nextInt(mostBytes));
      pieces.add(
          new LogPiece(
              job, 1, SESSION, sequence++, stream, at, Arrays.copyOfRange(all, at, at + size), 0));
      at += size;
    }
    DATABASE.engineTransactions().inTransaction(() -> intake.append(pieces));
  }

  private LogLines.Log log(@Nullable LogStream stream) {
    return new LogLines.Log(job, 1, stream);
  }

  private static String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int line = from; line <= to; line++) {
      text.append("line ").append(line).append(line % 7 == 0 ? " seven\n" : "\n");
    }
    return text.toString();
  }

  @Test
  void a_line_begins_where_it_does_in_the_whole_text() {
    JOBS.running(1, job, 1, SESSION);
    String text = text(1, 300) + "unfinished";
    store(text, LogStream.STDOUT, 0, 50);
    ask(
        found -> {
          for (int line : new int[] {1, 2, 3, 7, 150, 299, 300, 301}) {
            LogPlace place = found.ofLine(ONE, log(LogStream.STDOUT), line);
            String wanted = line == 301 ? "unfinished" : "line " + line;
            assertThat(place.offset()).as("line " + line).isEqualTo(text.indexOf(wanted));
            assertThat(place.line()).isEqualTo(line);
            assertThat(place.linesEnded()).isEqualTo(300);
          }
          LogPlace behind = found.ofLine(ONE, log(LogStream.STDOUT), 5_000);
          assertThat(behind.offset()).isEqualTo(text.length());
          assertThat(behind.line()).isEqualTo(301);
          return true;
        });
  }

  @Test
  void a_byte_belongs_to_the_line_it_is_in() {
    JOBS.running(1, job, 1, SESSION);
    String text = text(1, 50);
    store(text, LogStream.STDOUT, 0, 30);
    ask(
        found -> {
          long line = 1;
          for (int offset = 0; offset < text.length(); offset += 1) {
            assertThat(found.ofOffset(ONE, log(LogStream.STDOUT), offset).line()).isEqualTo(line);
            line += text.charAt(offset) == '\n' ? 1 : 0;
          }
          return true;
        });
  }

  @Test
  void streams_have_their_own_lines_and_both_together_have_theirs() {
    JOBS.running(1, job, 1, SESSION);
    store("a\nb\n", LogStream.STDOUT, 0, 100);
    store("x\ny\n", LogStream.STDERR, 1, 100);
    ask(
        found -> {
          assertThat(found.ofLine(ONE, log(LogStream.STDERR), 2).offset()).isEqualTo(2);
          assertThat(found.ofLine(ONE, log(null), 4).offset()).isEqualTo(6);
          assertThat(found.ofLine(ONE, log(null), 4).linesEnded()).isEqualTo(4);
          assertThat(search(found, null, "y", 0).hits()).extracting(Hit::line).containsExactly(4L);
          assertThat(search(found, LogStream.STDERR, "y", 0).hits())
              .extracting(Hit::line)
              .containsExactly(2L);
          assertThat(search(found, LogStream.STDOUT, "y", 0).hits()).isEmpty();
          return true;
        });
  }

  private LogHits search(LogLines found, @Nullable LogStream stream, String text, long from) {
    return found.search(ONE, log(stream), new LogLines.Wanted(text, false, from, 10));
  }

  @Test
  void a_search_goes_on_where_the_page_before_ended() {
    JOBS.running(1, job, 1, SESSION);
    String text = text(1, 300);
    store(text, LogStream.STDOUT, 0, 70);
    List<Long> all = new ArrayList<>();
    Long next = 0L;
    while (next != null) {
      long from = next;
      LogHits page = ask(found -> search(found, LogStream.STDOUT, "SEVEN", from));
      page.hits()
          .forEach(
              hit -> {
                all.add(hit.line());
                assertThat(hit.excerpt()).isEqualTo("line " + hit.line() + " seven");
                assertThat(text.startsWith("seven", (int) hit.offset())).isTrue();
              });
      next = page.next();
    }
    assertThat(all).hasSize(42).isSorted().doesNotHaveDuplicates().allMatch(line -> line % 7 == 0);
  }

  @Test
  void a_log_without_output_has_no_lines() {
    JOBS.running(1, job, 1, SESSION);
    ask(
        found -> {
          assertThat(found.ofLine(ONE, log(null), 1).offset()).isZero();
          assertThat(found.ofLine(ONE, log(null), 9).offset()).isZero();
          assertThat(found.ofOffset(ONE, log(null), 0).line()).isEqualTo(1);
          LogHits hits = search(found, null, "x", 0);
          assertThat(hits.hits()).isEmpty();
          assertThat(hits.next()).isNull();
          return true;
        });
  }

  @Test
  void another_tenant_finds_nothing() {
    JOBS.running(1, job, 1, SESSION);
    store("secret\n", LogStream.STDOUT, 0, 100);
    for (Function<LogLines, Object> question :
        List.<Function<LogLines, Object>>of(
            found -> found.ofLine(caller(2), log(null), 1),
            found -> found.ofOffset(caller(2), log(null), 1),
            found ->
                found.search(caller(2), log(null), new LogLines.Wanted("secret", true, 0, 10)))) {
      assertThatThrownBy(() -> ask(question)).isInstanceOf(DomainException.class);
    }
  }
}
