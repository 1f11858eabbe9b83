package io.hodei.external.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Settings;
import io.hodei.testing.MapConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir private Path directory;

  @Test
  void a_file_goes_before_a_configured_value() throws IOException {
    Files.createDirectories(directory.resolve("acme"));
    Files.writeString(directory.resolve("acme/token"), "of the file\n");
    Secrets secrets =
        secrets(Map.of("hodei.secrets.acme.token", "configured", "hodei.secrets.acme.key", "k"));

    assertThat(secrets.find("acme", "token")).contains("of the file");
    assertThat(secrets.find("acme", "key")).contains("k");
    assertThat(secrets.find("other", "token")).isEmpty();
  }

  @Test
  void a_tenant_reads_no_secret_of_another_whose_name_looks_alike_in_the_environment() {
    // The variable that the tenant a-b, secret c, and the tenant a, secret b-c, would share.
    Secrets secrets = secrets(Map.of("HODEI_SECRETS_A_B_C", "of somebody"));

    assertThat(secrets.find("a", "b-c")).isEmpty();
    assertThat(secrets.find("a-b", "c")).isEmpty();
  }

  @Test
  void no_name_leads_out_of_the_directory() throws IOException {
    Files.writeString(directory.resolve("outside"), "x");
    Files.createDirectories(directory.resolve("acme"));
    Secrets secrets = secrets(Map.of());

    assertThat(secrets.find("acme", "../outside")).isEmpty();
    assertThat(secrets.find("..", directory.getFileName().toString())).isEmpty();
    assertThat(secrets.find("acme/..", "outside")).isEmpty();
  }

  private Secrets secrets(Map<String, String> configured) {
    Map<String, String> all = new HashMap<>(configured);
    all.put(HodeiSettings.SECRETS_DIRECTORY.key(), directory.toString());
    MapConfig config = new MapConfig(all);
    return new Secrets(config, new Settings(config));
  }
}
