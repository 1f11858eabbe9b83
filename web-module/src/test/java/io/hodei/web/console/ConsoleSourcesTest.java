package io.hodei.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The files of the console as they lie in the repository. */
class ConsoleSourcesTest {
  private static final Path ROOT = Path.of("src/main/webapp");
  private static final Path VENDOR = ROOT.resolve("vendor");
  private static final int MOST_AT_FIRST_PAINT = 100 * 1024;
  private static final int MOST_LINES = 300;

  private static final Pattern STATIC_IMPORT =
      Pattern.compile(
          "(?:^|;|\\n)\\s*(?:import|export)\\s*(?:[^'\"();]*?\\sfrom\\s*)?['\"]([^'\"]+)['\"]");
  private static final Pattern VENDORED_IMPORT = Pattern.compile("(?:from|import)\\s*\"([^\"]+)\"");
  private static final Pattern ANY_IMPORT =
      Pattern.compile("(?:from\\s*|import\\s*\\(?\\s*)['\"]([./][^'\"]+)['\"]");

  /** Each makes markup or code out of text, or asks another host. */
  private static final Map<String, Pattern> FORBIDDEN =
      Map.of(
          "markup from text",
          Pattern.compile(
              "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|unsafeHTML|unsafeSVG|createContextualFragment|DOMParser|srcdoc"),
          "code from text",
          Pattern.compile("\\beval\\s*\\(|new Function|setTimeout\\(\\s*['\"`]"),
          "a style attribute",
          Pattern.compile("\\sstyle=|setAttribute\\(\\s*['\"]style"),
          "another host",
          Pattern.compile("https?://(?!www\\.w3\\.org/)"),
          "a credential in the browser's storage",
          Pattern.compile("Storage\\.setItem\\([^)]*(?:token|csrf|session\\b)"));

  @Test
  void every_vendored_file_is_the_one_of_the_manifest() throws Exception {
    Map<String, String> listed = new TreeMap<>();
    try (JsonReader reader =
        Json.createReader(Files.newInputStream(VENDOR.resolve("manifest.json")))) {
      for (JsonObject file :
          reader.readObject().getJsonArray("files").getValuesAs(JsonObject.class)) {
        assertThat(file.getString("licence")).isNotEmpty();
        assertThat(file.getString("path")).contains(file.getString("path").split("/")[0]);
        assertThat(file.getString("version")).matches("\\d+\\.\\d+\\.\\d+");
        listed.put(file.getString("path"), file.getString("sha256"));
      }
    }
    Map<String, String> found = new TreeMap<>();
    for (Path file : files(VENDOR)) {
      String path = VENDOR.relativize(file).toString();
      if (!path.equals("manifest.json")) {
        found.put(path, sha256(file));
      }
    }
    assertThat(found).isNotEmpty().isEqualTo(listed);
  }

  @Test
  void no_source_makes_markup_or_code_out_of_text() throws Exception {
    for (Path file : sources()) {
      String text = Files.readString(file);
      FORBIDDEN.forEach(
          (what, pattern) ->
              assertThat(pattern.matcher(text).results().map(hit -> hit.group()).toList())
                  .as("%s in %s", what, file)
                  .isEmpty());
    }
  }

  @Test
  void every_import_leads_to_a_file() throws Exception {
    for (Path file : sources()) {
      Matcher imports = ANY_IMPORT.matcher(Files.readString(file));
      while (imports.find()) {
        assertThat(file.resolveSibling(imports.group(1)).normalize())
            .as("%s in %s", imports.group(1), file)
            .isRegularFile();
      }
    }
  }

  @Test
  void what_the_first_paint_loads_is_below_100_KiB() throws Exception {
    Set<Path> loaded = new LinkedHashSet<>();
    Deque<Path> open = new ArrayDeque<>(List.of(ROOT.resolve("app.js"), ROOT.resolve("theme.js")));
    while (!open.isEmpty()) {
      Path file = open.pop();
      if (loaded.add(file)) {
        Pattern pattern = file.startsWith(VENDOR) ? VENDORED_IMPORT : STATIC_IMPORT;
        Matcher imports = pattern.matcher(Files.readString(file));
        while (imports.find()) {
          open.push(file.resolveSibling(imports.group(1)).normalize());
        }
      }
    }
    // The first page comes by a dynamic import, but it is there at the first paint as well.
    loaded.add(ROOT.resolve("pages/overview.js"));
    loaded.add(ROOT.resolve("components/spark.js"));
    long bytes = 0;
    for (Path file : loaded) {
      bytes += zipped(file);
    }
    assertThat(loaded)
        .contains(VENDOR.resolve("lit-3.3.3/lit-html.js"), ROOT.resolve("core/live.js"));
    assertThat(bytes).isBetween(10_000L, (long) MOST_AT_FIRST_PAINT);
  }

  @Test
  void modules_are_small() throws Exception {
    for (Path file : sources()) {
      assertThat(Files.readAllLines(file)).as("%s", file).hasSizeLessThan(MOST_LINES);
    }
  }

  private static List<Path> sources() throws IOException {
    return files(ROOT).stream()
        .filter(file -> !file.startsWith(VENDOR) && file.toString().matches(".*\\.(js|html)"))
        .toList();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String sha256(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
    }
  }

  private static long zipped(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(Files.readString(file).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.size();
  }
}
