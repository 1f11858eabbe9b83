package io.hodei.it.console;

import com.microsoft.playwright.options.ColorScheme;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests that open the console of the shared cluster in a browser of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InBrowser {
  Chromium chromium;
  Api api;
  Jobs jobs;

  @BeforeAll
  void openBrowser() {
    chromium = Chromium.start();
    SharedCluster.get();
    api = SharedCluster.api();
    jobs = new Jobs(api);
  }

  @AfterAll
  void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** A window of the usual size on the first node. */
  ConsoleWindow window() {
    return window(1, 1440, ColorScheme.LIGHT);
  }

  ConsoleWindow window(int node, int width, ColorScheme scheme) {
    return ConsoleWindow.open(
        chromium.browser(), api, SharedCluster.get().node(node).url(), width, scheme);
  }

  /** Submits jobs that make nothing, named with their number behind the name. */
  void submit(String name, int number) {
    submit(name, number, Json.createObjectBuilder());
  }

  /**
   * @param more members of each job
   */
  void submit(String name, int number, JsonObjectBuilder more) {
    var common = more.build();
    JsonArrayBuilder batch = Json.createArrayBuilder();
    for (int i = 0; i < number; i++) {
      batch.add(
          Json.createObjectBuilder(common)
              .add("name", name + "-" + i)
              .add("spec", Json.createObjectBuilder().add("executor", "noop")));
    }
    api.post("/jobs:batch", batch.build().toString()).expect(200);
  }
}
