package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the console and the ways through them, in a real browser. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT extends InBrowser {
  private final Path pictures =
      Path.of(System.getProperty("hodei.console.pictures", "target/console"));
  private Showroom showroom;

  @BeforeAll
  void open() throws IOException {
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
    try (ConsoleWindow window = window()) {
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
  void a_graph_of_300_steps_is_drawn_fast_and_one_of_5000_can_be_used() {
    Showroom.put(api, "/pipelines/wide-300", graph("wide-300", 300));
    Showroom.put(api, "/pipelines/huge-5000", graph("huge-5000", 5000));
    try (ConsoleWindow window = window()) {
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
  void the_modules_that_decide_what_is_shown_keep_their_promises() throws IOException {
    try (ConsoleWindow window = window();
        InputStream script = ConsoleIT.class.getResourceAsStream("/console/modules.js")) {
      assertThat(window.page().evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8)))
          .isEqualTo(List.of());
    }
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
}
