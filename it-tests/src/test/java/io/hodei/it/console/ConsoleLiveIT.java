package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.hodei.cli.dev.DevNode;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a window shows while things happen. */
class ConsoleLiveIT extends InBrowser {
  @Test
  void an_end_that_comes_before_the_answer_about_the_beginning_is_shown() {
    String id = jobs.submit(Jobs.script("faster-than-its-page", "sleep 3"));
    jobs.awaitState(id, "RUNNING");
    try (ConsoleWindow window = window()) {
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
    try (ConsoleWindow window = window()) {
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
    try (ConsoleWindow one = window();
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
  void a_window_whose_node_dies_goes_on_at_the_other_one_without_a_gap() {
    String name = "in-the-gap-" + UUID.randomUUID().toString().substring(0, 8);
    String place = "/#/jobs?q=name:" + name;
    DevNode dying = SharedCluster.get().node(2);
    try (ConsoleWindow window = window(2, 1440, ColorScheme.LIGHT)) {
      Page page = window.page();
      page.navigate(dying.url() + place);
      page.waitForSelector(".live.live");
      dying.kill();
      String id = jobs.submit(Jobs.script(name, "true"));

      page.waitForURL(
          SharedCluster.get().node(1).url() + place,
          new Page.WaitForURLOptions().setTimeout(30_000));
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
            chromium.browser(),
            viewer,
            SharedCluster.get().node(2).url(),
            1440,
            ColorScheme.LIGHT)) {
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
    try (ConsoleWindow window = window()) {
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
      submit(name, 200);
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
}
