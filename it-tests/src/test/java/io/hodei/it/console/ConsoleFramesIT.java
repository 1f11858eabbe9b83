package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How fast a page is there, and whether it stays smooth while 200 events a second arrive. */
@EnabledIfSystemProperty(
    named = "hodei.console.timed",
    matches = "true",
    disabledReason = "frames are counted on a machine that does nothing else")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleFramesIT {
  private static final int FRAMES_PER_SECOND = 50;
  private static final Duration WATCHED = Duration.ofSeconds(10);

  /** A job that makes nothing has three events: created, started, ended. */
  private static final int JOBS_PER_SECOND = 67;

  private static final int ROWS = 2_000;
  private Chromium chromium;
  private Api api;
  private Jobs jobs;

  @BeforeAll
  void open() {
    chromium = Chromium.start();
    SharedCluster.get();
    api = SharedCluster.api();
    jobs = new Jobs(api);
  }

  @AfterAll
  void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

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
      Frames frames = whileJobsRun(page, ".table-scroll");
      assertThat(frames.moved()).as("pixels scrolled").isGreaterThan(5_000);
      Limits.frames("a table is scrolled", frames.perSecond(), FRAMES_PER_SECOND);
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
      Frames frames = whileJobsRun(page, ".log");
      assertThat(frames.moved()).as("pixels scrolled").isGreaterThan(5_000);
      Limits.frames("a growing log is scrolled", frames.perSecond(), FRAMES_PER_SECOND);
      window.assertQuiet("the log");
    } finally {
      api.post("/jobs/" + id + ":cancel", "{}").expect(202);
    }
  }

  private ConsoleWindow window() {
    return ConsoleWindow.open(
        chromium.browser(), api, SharedCluster.get().node(1).url(), 1440, ColorScheme.LIGHT);
  }

  /**
   * Scrolls a box to and fro, a step with each frame, while jobs run, and counts the frames and the
   * events that reached the page.
   */
  private Frames whileJobsRun(Page page, String box) {
    try (ScheduledExecutorService submits = Executors.newSingleThreadScheduledExecutor()) {
      var unused =
          submits.scheduleAtFixedRate(
              () -> submit("passing", JOBS_PER_SECOND / 4), 0, 250, TimeUnit.MILLISECONDS);
      try {
        Frames frames =
            Frames.of(
                (Map<?, ?>)
                    page.evaluate(
                        """
                    ([selector, millis]) => import('/core/live.js').then(({live}) => new Promise((done) => {
                      const box = document.querySelector(selector);
                      let frames = 0, moved = 0, events = 0, by = 40;
                      const end = live.subscribe(['job.'], (portion) => { events += portion.length; });
                      const began = performance.now();
                      const frame = (now) => {
                        const before = box.scrollTop;
                        box.scrollTop = before + by;
                        moved += Math.abs(box.scrollTop - before);
                        if (box.scrollTop === before) by = -by;
                        if (now - began < millis) { frames++; requestAnimationFrame(frame); }
                        else { end(); done({perSecond: frames * 1000 / (now - began), moved, events}); }
                      };
                      requestAnimationFrame(frame);
                    }))
                    """,
                        new Object[] {box, (int) WATCHED.toMillis()}));
        assertThat(frames.events())
            .as("events that reached the page")
            .isGreaterThan(WATCHED.toSeconds() * 100);
        return frames;
      } finally {
        submits.shutdownNow();
      }
    }
  }

  private void submit(String name, int number) {
    JsonArrayBuilder batch = Json.createArrayBuilder();
    for (int i = 0; i < number; i++) {
      batch.add(
          Json.createObjectBuilder()
              .add("name", name + "-" + i)
              .add("spec", Json.createObjectBuilder().add("executor", "noop")));
    }
    api.post("/jobs:batch", batch.build().toString()).expect(200);
  }

  private record Frames(double perSecond, double moved, long events) {
    static Frames of(Map<?, ?> found) {
      return new Frames(
          number(found, "perSecond"), number(found, "moved"), (long) number(found, "events"));
    }

    private static double number(Map<?, ?> found, String name) {
      return found.get(name) instanceof Number number ? number.doubleValue() : -1;
    }
  }
}
