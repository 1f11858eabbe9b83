package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.hodei.it.testing.Jobs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How fast a page is there, and whether it stays smooth while 200 events a second arrive. */
@EnabledIfSystemProperty(
    named = "hodei.console.timed",
    matches = "true",
    disabledReason = "frames are counted on a machine that does nothing else")
class ConsoleFramesIT extends InBrowser {
  private static final int FRAMES_PER_SECOND = 50;
  private static final Duration WATCHED = Duration.ofSeconds(10);

  /** A job that makes nothing has three events: created, started, ended. */
  private static final int JOBS_PER_SECOND = 67;

  private static final int ROWS = 2_000;

  /** What one must see of the frames that the browser draws of a box that does nothing. */
  private static final double SHARE_OF_PLAIN = 0.8;

  /** A box of text that is scrolled as fast as this browser can on this machine, now. */
  private static final String PLAIN =
      "<style>div { height: 700px; overflow: auto; background: #fff; font: 13px/38px sans-serif }"
          + "</style><div class='plain'></div><script>document.querySelector('div').innerHTML ="
          + " Array.from({length: 400}, (_, i) => `row ${i} of a plain box with some words<br>`).join('')"
          + "</script>";

  @Test
  void the_first_paint_comes_within_a_second() {
    try (ConsoleWindow window = window()) {
      Page page = window.page();
      window.go("/", ".figure");
      CDPSession devtools = page.context().newCDPSession(page);
      devtools.send("Network.enable");
      devtools.send("Network.clearBrowserCache");
      page.reload();
      page.waitForSelector(".figure");
      Object millis =
          page.evaluate(
              "() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
      Limits.took("the first paint", ((Number) millis).doubleValue(), 1000);
    }
  }

  @Test
  void a_long_table_is_scrolled_smoothly_while_jobs_come_and_end() {
    submit("row", ROWS);
    try (ConsoleWindow window = window()) {
      Page page = window.page();
      window.go("/jobs", "tbody tr.opens");
      double plain = plainFrames();
      double frames = whileJobsRun(() -> consoleFrames(page, ".table-scroll"));
      Limits.frames("a table is scrolled", frames, limit(plain), plain);
      window.assertQuiet("the table");
    }
  }

  @Test
  void a_log_is_scrolled_smoothly_while_it_grows_and_jobs_come_and_end() {
    String id =
        jobs.submit(
            Jobs.script(
                "a-growing-log",
                "seq 1 20000; i=0; while [ $i -lt 300 ]; do seq 1 20; i=$((i + 1)); sleep 0.1; done"));
    try (ConsoleWindow window = window()) {
      Page page = window.page();
      window.go("/jobs/" + id, ".log-row");
      page.waitForFunction("() => document.querySelector('.log').scrollHeight > 100000");
      double plain = plainFrames();
      double frames = whileJobsRun(() -> consoleFrames(page, ".log"));
      Limits.frames("a growing log is scrolled", frames, limit(plain), plain);
      window.assertQuiet("the log");
    } finally {
      // It may have ended by itself meanwhile, which is answered with 200.
      api.post("/jobs/" + id + ":cancel", "{}");
    }
  }

  /** Where not even a plain box is drawn that often, most of what is. */
  private static double limit(double plain) {
    return Math.min(FRAMES_PER_SECOND, SHARE_OF_PLAIN * plain);
  }

  /** Frames a second of a box without a console, while the same jobs run. */
  private double plainFrames() {
    try (var context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.setContent(PLAIN);
      return whileJobsRun(() -> Scroll.of(page, ".plain", "() => () => 0").perSecond());
    }
  }

  /** Frames a second of a box of the console, into which events come. */
  private static double consoleFrames(Page page, String box) {
    Scroll scroll =
        Scroll.of(
            page,
            box,
            """
            () => import('/core/live.js').then(({live}) => {
              let events = 0;
              const end = live.subscribe(['job.'], (portion) => { events += portion.length; });
              return () => { end(); return events; };
            })
            """);
    assertThat(scroll.events())
        .as("events that reached the page")
        .isGreaterThan(WATCHED.toSeconds() * 100);
    return scroll.perSecond();
  }

  private double whileJobsRun(DoubleSupplier measured) {
    try (ScheduledExecutorService submits = Executors.newSingleThreadScheduledExecutor()) {
      var unused =
          submits.scheduleAtFixedRate(
              () -> submit("passing", JOBS_PER_SECOND / 4), 0, 250, TimeUnit.MILLISECONDS);
      try {
        return measured.getAsDouble();
      } finally {
        submits.shutdownNow();
      }
    }
  }

  /** What came of scrolling a box to and fro, a step with each frame. */
  private record Scroll(double perSecond, long events) {
    /**
     * Scrolls for a while. Where the box stands is computed, not asked: asking would make the page
     * lay itself out once more in each frame.
     *
     * @param counting a script that begins to count events and gives what ends that
     */
    static Scroll of(Page page, String box, String counting) {
      Map<?, ?> found =
          (Map<?, ?>)
              page.evaluate(
                  """
                  async ([selector, millis, counting]) => {
                    const box = document.querySelector(selector);
                    const counted = await eval(counting)();
                    let frames = 0, top = 0, by = 40, far = 0;
                    const began = performance.now();
                    const perSecond = await new Promise((done) => {
                      const frame = (now) => {
                        if (frames++ % 50 === 0) far = box.scrollHeight - box.clientHeight;
                        if (top + by < 0 || top + by > far) by = -by;
                        box.scrollTop = top += by;
                        if (now - began < millis) requestAnimationFrame(frame);
                        else done(frames * 1000 / (now - began));
                      };
                      requestAnimationFrame(frame);
                    });
                    return {perSecond, far, wrong: Math.abs(box.scrollTop - top), events: counted()};
                  }
                  """,
                  new Object[] {box, (int) WATCHED.toMillis(), counting});
      assertThat(number(found, "far")).as("pixels to scroll").isGreaterThan(1_000);
      assertThat(number(found, "wrong")).as("pixels from where it should stand").isLessThan(2);
      return new Scroll(number(found, "perSecond"), (long) number(found, "events"));
    }

    private static double number(Map<?, ?> found, String name) {
      return found.get(name) instanceof Number number ? number.doubleValue() : -1;
    }
  }
}
