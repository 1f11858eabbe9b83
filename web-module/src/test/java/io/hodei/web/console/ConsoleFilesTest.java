package io.hodei.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.web.testing.FakeExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {
  private static final String PAGE = "<!doctype html><title>x</title>" + "<p>x</p>".repeat(50);
  private final Map<String, String> archive =
      new TreeMap<>(
          Map.of(
              "/index.html", PAGE,
              "/app.js", "import './a.js';",
              "/vendor/lit-3.3.3/index.js", "export {};",
              "/vendor/manifest.json", "{}",
              "/WEB-INF/web.xml", "<secret/>",
              "/META-INF/MANIFEST.MF", "secret"));
  private final ConsoleFiles files =
      new ConsoleFiles(
          new ConsoleFiles.Resources() {
            @Override
            public Set<String> under(String directory) {
              Set<String> below = new TreeSet<>();
              for (String path : archive.keySet()) {
                if (path.startsWith(directory)) {
                  int slash = path.indexOf('/', directory.length());
                  below.add(slash < 0 ? path : path.substring(0, slash + 1));
                }
              }
              return below;
            }

            @Override
            public @Nullable InputStream open(String path) {
              @Nullable String text = archive.get(path);
              return text == null ? null : new ByteArrayInputStream(bytes(text));
            }
          });

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean answers(FakeExchange exchange, String path) throws IOException {
    return files.answer(exchange.request(), exchange.response(), path);
  }

  private FakeExchange get(String path) throws IOException {
    FakeExchange exchange = new FakeExchange("GET");
    assertThat(answers(exchange, path)).as(path).isTrue();
    return exchange;
  }

  @Test
  void a_file_comes_with_the_policy_of_the_console_and_is_asked_for_again() throws IOException {
    FakeExchange page = get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).isEqualTo(bytes(PAGE));
    assertThat(page.answered("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(page.answered("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'");
    assertThat(page.answered("Cache-Control")).isEqualTo("no-cache");
    assertThat(page.answered("ETag")).matches("\"[0-9a-f]{32}\"");
    assertThat(get("/app.js").answered("Content-Type")).startsWith("text/javascript");
  }

  @Test
  void only_what_has_its_version_in_its_path_is_kept_for_ever() throws IOException {
    assertThat(get("/vendor/lit-3.3.3/index.js").answered("Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(get("/vendor/manifest.json").answered("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void what_the_browser_has_is_not_sent_again() throws IOException {
    String tag = get("/").answered("ETag");
    FakeExchange again = new FakeExchange("GET").header("If-None-Match", "\"x\", " + tag);
    assertThat(answers(again, "/")).isTrue();
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.answered("ETag")).isEqualTo(tag);
  }

  @Test
  void who_takes_gzip_gets_it_with_a_tag_of_its_own() throws IOException {
    FakeExchange zipped = new FakeExchange("GET").header("Accept-Encoding", "br, gzip;q=0.5");
    assertThat(answers(zipped, "/")).isTrue();
    assertThat(zipped.answered("Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.answered("Vary")).isEqualTo("Accept-Encoding");
    assertThat(zipped.answered("ETag")).endsWith("-gz\"").isNotEqualTo(get("/").answered("ETag"));
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(bytes(PAGE));
    FakeExchange refusing = new FakeExchange("GET").header("Accept-Encoding", "gzip;q=0, br");
    assertThat(answers(refusing, "/")).isTrue();
    assertThat(refusing.answered("Content-Encoding")).isEmpty();
  }

  @Test
  void nothing_private_and_no_other_way_of_writing_a_path_leads_to_a_file() throws IOException {
    for (String path :
        List.of(
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/%57EB-INF/web.xml",
            "/vendor/../WEB-INF/web.xml",
            "//app.js",
            "/./app.js",
            "/app.js/",
            "/app.js;x",
            "/vendor",
            "/vendor/",
            "")) {
      assertThat(answers(new FakeExchange("GET"), path)).as(path).isFalse();
    }
    assertThat(answers(new FakeExchange("POST"), "/")).isFalse();
  }

  @Test
  void a_browser_that_looks_for_a_page_gets_the_console_but_never_instead_of_the_api()
      throws IOException {
    for (String path : List.of("/jobs", "/runs/0C7X2M9QK4T1B", "/unknown.html")) {
      FakeExchange browser = new FakeExchange("GET").header("Accept", "text/html,*/*;q=0.8");
      assertThat(answers(browser, path)).as(path).isTrue();
      assertThat(browser.body()).isEqualTo(bytes(PAGE));
    }
    for (String path :
        List.of("/api", "/api/v1/unknown", "/metrics", "/health/live", "/agent/v1", "/errors")) {
      FakeExchange browser = new FakeExchange("GET").header("Accept", "text/html,*/*;q=0.8");
      assertThat(answers(browser, path)).as(path).isFalse();
    }
    assertThat(answers(new FakeExchange("GET").header("Accept", "*/*"), "/missing.js")).isFalse();
  }

  @Test
  void head_is_get_without_the_body() throws IOException {
    FakeExchange head = new FakeExchange("HEAD");
    assertThat(answers(head, "/app.js")).isTrue();
    assertThat(head.body()).isEmpty();
    assertThat(head.answered("Content-Length")).isEqualTo("16");
  }

  @Test
  void without_a_page_there_is_no_console() throws IOException {
    archive.remove("/index.html");
    assertThat(answers(new FakeExchange("GET").header("Accept", "text/html"), "/")).isFalse();
  }
}
