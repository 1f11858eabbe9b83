package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.hodei.it.testing.Jobs;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What jobs and users put in is shown as text, however much and however hostile it is. */
class ConsoleContentIT extends InBrowser {
  private static final int LINES = 1_000_000;

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
    try (ConsoleWindow window = window()) {
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
    try (ConsoleWindow window = window()) {
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
}
