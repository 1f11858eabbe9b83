package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Looks for what keeps people out who hear a page, or use it without a mouse. */
final class Axe {
  private static final String FILE = "axe-core-4.14.1/axe.min.js";
  private static final String SOURCE = source();
  private static final String FINDINGS =
      """
      async () => (await axe.run(document, {resultTypes: ['violations']})).violations
        .filter((each) => ['serious', 'critical'].includes(each.impact))
        .flatMap((each) => each.nodes.map((node) => each.id + ': ' + node.html.slice(0, 160)))
      """;

  private Axe() {}

  static void assertNoSeriousFindings(Page page, String place) {
    page.evaluate(SOURCE);
    List<?> findings = (List<?>) page.evaluate(FINDINGS);
    assertThat(findings).as("serious findings of axe at %s", place).isEmpty();
  }

  /** The vendored file, if it is still the one of the manifest. */
  private static String source() {
    byte[] script = read(FILE);
    try (JsonReader reader = Json.createReader(open("manifest.json"))) {
      String expected =
          reader.readObject().getJsonArray("files").getValuesAs(JsonObject.class).stream()
              .filter(file -> file.getString("path").equals(FILE))
              .map(file -> file.getString("sha256"))
              .findFirst()
              .orElseThrow();
      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script)))
          .isEqualTo(expected);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return new String(script, StandardCharsets.UTF_8);
  }

  private static byte[] read(String path) {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    return Objects.requireNonNull(Axe.class.getResourceAsStream("/vendor/" + path), path);
  }
}
