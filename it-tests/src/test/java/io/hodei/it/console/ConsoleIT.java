package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevNode;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console shows, and how it is used, in a real browser. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT extends InBrowser {
  private static final int LINES = 1_000_000;
  private final Path pictures =
      Path.of(System.getProperty("hodei.console.pictures", "target/console"));
  private DevCluster cluster;
  private Showroom showroom;

  @BeforeAll
  void open() throws IOException {
    cluster = SharedCluster.get();
    showroom = Showroom.open(api);
    Files.createDirectories(pictures);
  }

  /** The first one: its pictures are better without what the others leave. */
  @Order(1)
  @ParameterizedTest
  @CsvSource({"1440,LIGHT", "1440,DARK", "1024,LIGHT", "1024,DARK", "390,LIGHT", "390,DARK"})
  void every_page_fits_is_quiet_and_has_no_serious_finding(int width, ColorScheme scheme) {
    try (ConsoleWindow window = window(1, width, scheme)) {
      for (Showroom.Place place : showroom.places()) {
        window.go(place.path(), place.shows());
        window.screenshot(
            pictures.resolve(
                "%s-%d-%s.png"
                    .formatted(place.name(), width, scheme.name().toLowerCase(Locale.ROOT))));
        window.assertFits(place.name());
        if (width != 1024) {
          Axe.assertNoSeriousFindings(window.page(), place.name());
        }
        window.assertQuiet(place.name());
      }
    }
  }

  @Test
  void a_job_is_submitted_watched_and_run_again_by_keyboard_alone() {
    String name = "by-keyboard-" + UUID.randomUUID().toString().substring(0, 8);
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      page.keyboard().press("Control+k");
      page.waitForSelector("dialog.palette[open]");
      page.keyboard().type("new job");
      page.keyboard().press("Enter");
      page.waitForSelector("dialog[open] input[name=name]:focus");
      page.keyboard().type(name);
      page.keyboard().press("Tab");
      page.keyboard().type("echo walked; exit 3");
      tabTo(page, "Submit");
      page.keyboard().press("Enter");
      page.waitForURL("**/#/jobs/*");
      page.waitForSelector(".page-head .state.s-failed");
      page.waitForSelector(".log-row:has-text('walked')");
      String first = page.url();

      page.keyboard().press("r");

      page.waitForFunction("before => location.href !== before", first);
      page.waitForSelector(".page-head .state.s-failed");
      assertThat(api.get("/jobs?name=" + name).expect(200).items()).hasSize(2);
      window.assertQuiet("the walk");
    }
  }

  @Test
  void an_end_that_comes_before_the_answer_about_the_beginning_is_shown() {
    String id = jobs.submit(Jobs.script("faster-than-its-page", "sleep 3"));
    jobs.awaitState(id, "RUNNING");
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      page.waitForSelector(".live.live");
      String running = api.get("/jobs/" + id).expect(200).text();
      page.route(
          "**/api/v1/jobs/" + id,
          route -> {
            jobs.awaitEnd(id);
            // The event takes up to 120 ms to be handed out; the answer has to come after it.
            LockSupport.parkNanos(1_000_000_000);
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(running));
          },
          new Page.RouteOptions().setTimes(1));

      window.go("/jobs/" + id, ".page-head .state.s-succeeded");
    }
  }

  @Test
  void what_a_running_job_uses_grows_while_somebody_looks() {
    String id = jobs.submit(Jobs.script("looked-at", "sleep 60"));
    jobs.awaitState(id, "RUNNING");
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      window.go("/jobs/" + id + "?tab=resources", "hodei-usage-chart .chart");
      String first = page.getAttribute("hodei-usage-chart .chart", "aria-label");

      page.waitForFunction(
          "before => document.querySelector('hodei-usage-chart .chart').getAttribute('aria-label') !== before",
          first);

      assertThat(jobs.state(id)).isEqualTo("RUNNING");
      page.focus("hodei-usage-chart .chart");
      page.keyboard().press("ArrowLeft");
      page.waitForSelector("hodei-usage-chart .tip:has-text('CPU cores')");
      window.assertQuiet("what a job uses");
    } finally {
      api.post("/jobs/" + id + ":cancel", "{\"grace\":\"0s\"}").expect(202);
    }
  }

  @Test
  void two_windows_at_two_nodes_show_the_end_of_a_job_within_a_second() {
    String name = "seen-twice-" + UUID.randomUUID().toString().substring(0, 8);
    try (ConsoleWindow one = window(1, 1440, ColorScheme.LIGHT);
        ConsoleWindow other = window(2, 1440, ColorScheme.LIGHT)) {
      String id = jobs.submit(Jobs.script(name, "sleep 4"));
      for (ConsoleWindow window : List.of(one, other)) {
        window.go("/jobs?q=name:" + name, "tbody tr.opens");
        window.page().waitForSelector(".live.live");
        // The clock of the browser is this machine's; the observer notes when the word appears.
        window
            .page()
            .evaluate(
                """
            () => { window.__seen = 0; const look = () => { if (!window.__seen && document.querySelector('tbody .s-succeeded')) window.__seen = Date.now(); };
              new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true}); }
            """);
      }
      long ended = Instant.parse(jobs.awaitEnd(id).getString("finishedAt")).toEpochMilli();
      for (ConsoleWindow window : List.of(one, other)) {
        window.page().waitForFunction("() => window.__seen > 0");
        long seen = ((Number) window.page().evaluate("() => window.__seen")).longValue();
        Limits.took("the end of a job seen at " + window.node(), (double) (seen - ended), 1000);
        window.assertQuiet("the list");
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "hodei.console.timed",
      matches = "true",
      disabledReason = "a million lines need a machine that does nothing else")
  void a_log_of_a_million_lines_opens_at_its_end_and_executes_nothing() {
    String script =
        "seq 1 %d | awk 'BEGIN { s = \"x\"; for (i = 0; i < 14; i++) s = s s; s = substr(s, 1, 10000) } $1 %% 1000 == 0 { print s; next } { printf \"\\033[3%%dmline\\033[0m %%d <img src=x onerror=__pwned=1> <script>__pwned=1</script>\\n\", $1 %% 8, $1 }'"
                .formatted(LINES - 1)
            + "; echo the last line";
    String id = jobs.submit(Jobs.script("a-million-lines", script));
    jobs.awaitEnd(id);
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      double millis = fastestOfThree(window, id);
      page.waitForFunction(
          "() => document.querySelector('.log-foot').textContent.startsWith('1,000,000 lines')",
          null,
          new Page.WaitForFunctionOptions().setTimeout(120_000));
      page.evaluate("() => { document.querySelector('.log').scrollTop = 1e7; }");
      page.waitForFunction(
          "() => [...document.querySelectorAll('.log-row .no')].some((no) => Number(no.dataset.no) > 300000 && Number(no.dataset.no) < 900000)");
      long before = System.nanoTime();
      page.fill(".log-search input", "the last line");
      page.press(".log-search input", "Enter");
      page.waitForSelector(".log-search [role=status]:has-text('1 of 1')");
      long searched = System.nanoTime() - before;
      page.waitForSelector(".log-row mark:has-text('the last line')");
      assertThat(page.locator(".log img, .log script, .log [onerror]").count()).isZero();
      assertThat(page.locator(".log-row").count()).isLessThan(200);
      window.assertQuiet("the log");
      Limits.took("the end of a long log shown", millis, 1000);
      Limits.took("a search in a long log", searched / 1e6, 2000);
    }
  }

  /**
   * Milliseconds from the list of jobs to the last line; of three, because other things run here as
   * well.
   */
  private static double fastestOfThree(ConsoleWindow window, String id) {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      window.go("/jobs", "tbody tr.opens");
      Object millis =
          window
              .page()
              .evaluate(
                  """
                  (id) => new Promise((done) => {
                    const before = performance.now();
                    location.hash = '#/jobs/' + id;
                    const look = () => [...document.querySelectorAll('.log-row')].some((row) => row.textContent.includes('the last line')) ? done(performance.now() - before) : requestAnimationFrame(look);
                    look();
                  })
                  """,
                  id);
      fastest = Math.min(fastest, ((Number) millis).doubleValue());
    }
    return fastest;
  }

  @Test
  void a_graph_of_300_steps_is_drawn_fast_and_one_of_5000_can_be_used() {
    Showroom.put(api, "/pipelines/wide-300", graph("wide-300", 300));
    Showroom.put(api, "/pipelines/huge-5000", graph("huge-5000", 5000));
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      window.go("/pipelines/release", ".dag .node");
      // The first picture starts the worker; what is measured is a layout and its drawing.
      Object millis =
          page.evaluate(
              """
              async () => {
                const dag = document.querySelector('hodei-dag');
                const steps = Array.from({length: 300}, (_, i) => ({id: 'n' + i, state: 'WAITING', kind: 'JOB', phase: 'MAIN', dependsOn: i ? ['n' + Math.max(0, i - 1 - (i * 7) % 12)] : []}));
                const before = performance.now();
                dag.steps = steps;
                await new Promise((done) => { const look = () => dag.picture?.shapes.has('n299') && dag.querySelector('[title^="n0:"]') ? done() : requestAnimationFrame(look); look(); });
                return performance.now() - before;
              }
              """);
      Limits.took("300 steps drawn", ((Number) millis).doubleValue(), 300);

      window.go("/pipelines/huge-5000", ".dag .node");
      page.click("text=Show every step");
      page.waitForFunction(
          "() => document.querySelector('hodei-dag').picture.shapes.size === 5000");
      page.click("[aria-label='Show all']");
      page.waitForSelector("canvas.far");
      page.click("canvas.far", new Page.ClickOptions().setPosition(60, 60));
      page.waitForSelector(".dag .node");
      window.assertQuiet("the graph");
    }
  }

  @Test
  void a_window_whose_node_dies_goes_on_at_the_other_one_without_a_gap() {
    String name = "in-the-gap-" + UUID.randomUUID().toString().substring(0, 8);
    String place = "/#/jobs?q=name:" + name;
    DevNode dying = cluster.node(2);
    try (ConsoleWindow window = window(2, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      page.navigate(dying.url() + place);
      page.waitForSelector(".live.live");
      dying.kill();
      String id = jobs.submit(Jobs.script(name, "true"));

      page.waitForURL(
          cluster.node(1).url() + place, new Page.WaitForURLOptions().setTimeout(30_000));
      page.waitForSelector(".live.live");
      jobs.awaitEnd(id);
      page.waitForSelector("tbody .s-succeeded");
    } finally {
      dying.start();
    }
  }

  @Test
  void a_window_is_signed_out_when_its_token_is_revoked() {
    JsonObject token =
        api.post("/tokens", "{\"name\":\"soon-gone\",\"role\":\"VIEWER\"}").expect(201).json();
    Api viewer = api.as(token.getString("token"));
    try (ConsoleWindow window =
        ConsoleWindow.open(
            chromium.browser(), viewer, cluster.node(2).url(), 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      window.go("/jobs", "tbody tr.opens");
      assertThat(page.locator("button:has-text('New job')").count()).isZero();
      api.delete("/tokens/" + token.getString("id")).expect(204);

      page.waitForSelector("hodei-login input[name=token]");
      assertThat(page.locator(".shell").count()).isZero();
    }
  }

  @Test
  void thousands_of_events_leave_nothing_behind_in_the_window() {
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      window.go("/jobs", "tbody tr.opens");
      CDPSession devtools = page.context().newCDPSession(page);
      devtools.send("Performance.enable");
      flood(page, 3);
      Map<String, Long> before = metrics(devtools);
      flood(page, 12);
      Map<String, Long> after = metrics(devtools);
      assertGrew(before, after, "Nodes", 1.2);
      assertGrew(before, after, "JSEventListeners", 1.2);
      assertGrew(before, after, "JSHeapUsedSize", 1.5);
      window.assertQuiet("the flood");
    }
  }

  private static void assertGrew(
      Map<String, Long> before, Map<String, Long> after, String metric, double lessThan) {
    assertThat((double) Objects.requireNonNull(after.get(metric)))
        .as(metric)
        .isLessThan(Objects.requireNonNull(before.get(metric)) * lessThan);
  }

  /**
   * Portions of 200 jobs, each of which makes three events; waits until the list shows the last
   * one.
   */
  private void flood(Page page, int portions) {
    for (int portion = 0; portion < portions; portion++) {
      String name = "flood-" + UUID.randomUUID();
      JsonArrayBuilder batch = Json.createArrayBuilder();
      for (int i = 0; i < 200; i++) {
        batch.add(
            Json.createObjectBuilder()
                .add("name", name + "-" + i)
                .add("spec", Json.createObjectBuilder().add("executor", "noop")));
      }
      api.post("/jobs:batch", batch.build().toString()).expect(200);
      page.waitForFunction(
          "name => [...document.querySelectorAll('tbody tr')].some((row) => row.textContent.includes(name) && row.querySelector('.s-succeeded'))",
          name);
    }
  }

  private static Map<String, Long> metrics(CDPSession devtools) {
    devtools.send("HeapProfiler.collectGarbage");
    Map<String, Long> found = new HashMap<>();
    for (JsonElement metric : devtools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      found.put(
          metric.getAsJsonObject().get("name").getAsString(),
          metric.getAsJsonObject().get("value").getAsLong());
    }
    return found;
  }

  @Test
  void the_modules_that_decide_what_is_shown_keep_their_promises() throws IOException {
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT);
        InputStream script = ConsoleIT.class.getResourceAsStream("/console/modules.js")) {
      assertThat(window.page().evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8)))
          .isEqualTo(List.of());
    }
  }

  @Test
  void ten_thousand_payloads_in_everything_that_has_a_name_execute_nothing() throws Exception {
    List<String> payloads = Payloads.all(10_000);
    JsonArrayBuilder batch = Json.createArrayBuilder();
    for (String payload : payloads) {
      batch.add(
          Json.createObjectBuilder()
              .add("name", payload)
              .add("labels", Json.createObjectBuilder().add("x", payload))
              .add("spec", Json.createObjectBuilder().add("executor", "noop"))
              .add("availableAt", "2099-01-01T00:00:00Z"));
    }
    assertThat(
            api.post("/jobs:batch", batch.build().toString()).expect(200).json().getInt("created"))
        .isEqualTo(10_000);
    String payload = payloads.getFirst();
    String document =
        Json.createObjectBuilder()
            .add("name", "hostile")
            .add("title", payload)
            .add("description", payload)
            .add(
                "parameters",
                Json.createArrayBuilder()
                    .add(
                        Json.createObjectBuilder()
                            .add("name", "a")
                            .add("description", payload)
                            .add("default", payload)))
            .add(
                "job",
                Json.createObjectBuilder()
                    .add("spec", Json.createObjectBuilder().add("shell", payload)))
            .build()
            .toString();
    Showroom.put(api, "/templates/hostile", document);
    api.post(
            "/tokens",
            Json.createObjectBuilder()
                .add("name", payload)
                .add("role", "VIEWER")
                .build()
                .toString())
        .expect(201);
    Path log = Files.createTempFile("payloads", ".log");
    Files.write(log, payloads);
    String printed = jobs.submit(Jobs.command("prints-payloads", "cat", log.toString()));
    jobs.awaitEnd(printed);
    try (ConsoleWindow window = window(1, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      window.go("/jobs?q=state:scheduled", "tbody tr.opens");
      scrollThrough(
          page,
          ".table-scroll",
          "() => document.querySelector('.table-foot').textContent.includes('that is all')");
      window.go("/jobs/" + printed, ".log-row");
      scrollThrough(
          page,
          ".log",
          "() => document.querySelector('.log').scrollTop + document.querySelector('.log').clientHeight >= document.querySelector('.log').scrollHeight - 4");
      for (Showroom.Place place :
          List.of(
              new Showroom.Place("templates", "/templates", "tbody tr.opens"),
              new Showroom.Place("template", "/templates/hostile", ".list li"),
              new Showroom.Place("tokens", "/access", "tbody tr"),
              new Showroom.Place("audit", "/audit", "tbody tr.opens"),
              new Showroom.Place("overview", "/", ".figure"))) {
        window.go(place.path(), place.shows());
        assertThat(
                page.locator(
                        "main [onerror], main [onload], main script, main iframe, main object, main embed, main a[href^='javascript:' i]")
                    .count())
            .as(place.name())
            .isZero();
      }
      window.assertQuiet("the payloads");
    } finally {
      Files.delete(log);
      api.post("/jobs:cancel?state=SCHEDULED", "{\"reason\":\"the end of a test\"}");
    }
  }

  /**
   * Scrolls by hand, a screen per frame, until the condition holds; then nothing hostile may be in
   * the document.
   */
  private static void scrollThrough(Page page, String box, String end) {
    page.evaluate(
        "(box) => { window.__scroller = setInterval(() => { const it = document.querySelector(box); it.scrollTop += it.clientHeight; }, 16); if (box === '.log') document.querySelector(box).scrollTop = 0; }",
        box);
    page.waitForFunction(end, null, new Page.WaitForFunctionOptions().setTimeout(120_000));
    page.evaluate("() => clearInterval(window.__scroller)");
    assertThat(page.locator("main [onerror], main [onload], main script, main iframe").count())
        .isZero();
  }

  private static void tabTo(Page page, String text) {
    for (int tries = 0; tries < 20; tries++) {
      page.keyboard().press("Tab");
      if (text.equals(page.evaluate("() => document.activeElement.textContent.trim()"))) {
        return;
      }
    }
    throw new AssertionError("Tab does not reach " + text);
  }

  private static String graph(String name, int size) {
    JsonArrayBuilder steps = Json.createArrayBuilder();
    for (int i = 0; i < size; i++) {
      List<String> before = new ArrayList<>();
      if (i > 0) {
        before.add("s" + Math.max(0, i - 1 - (i * 7) % 12));
      }
      steps.add(Showroom.idle("s" + i, before));
    }
    return Json.createObjectBuilder()
        .add("hodei", 1)
        .add("name", name)
        .add("steps", steps)
        .build()
        .toString();
  }

  private ConsoleWindow window(int node, int width, ColorScheme scheme) {
    return ConsoleWindow.open(chromium.browser(), api, cluster.node(node).url(), width, scheme);
  }
}
