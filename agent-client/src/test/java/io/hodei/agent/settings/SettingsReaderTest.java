package io.hodei.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @Test
  void every_setting_has_a_default_that_works() {
    AgentSettings settings = read(List.of(), Map.of());
    assertThat(settings.servers()).containsExactly(URI.create("ws://127.0.0.1:8080/agent/v1"));
    assertThat(settings.slots()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.pools()).containsExactly("default");
  }

  @Test
  void an_argument_wins_over_the_environment_and_that_over_the_file(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("agent.properties");
    Files.writeString(
        file, "hodei.agent.slots=1\nhodei.agent.name=file\nhodei.agent.pools=a, b\nother=x\n");
    AgentSettings settings =
        read(
            List.of("--slots=3", "--config=" + file),
            Map.of("HODEI_AGENT_SLOTS", "2", "HODEI_AGENT_NAME", "environment"));
    assertThat(settings.slots()).isEqualTo(3);
    assertThat(settings.name()).isEqualTo("environment");
    assertThat(settings.pools()).containsExactly("a", "b");
  }

  @Test
  void all_schemes_lead_to_the_agent_endpoint() {
    assertThat(SettingsReader.endpoint("https://h:8443/hodei/"))
        .isEqualTo(URI.create("wss://h:8443/hodei/agent/v1"));
    assertThat(SettingsReader.endpoint("ws://h/agent/v1")).isEqualTo(URI.create("ws://h/agent/v1"));
  }

  @Test
  void a_wrong_value_is_named_with_what_to_do() {
    assertThatThrownBy(() -> read(List.of("--slots=many"), Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("--slots = 'many'");
    assertThatThrownBy(() -> read(List.of("--servers=ftp://x"), Map.of()))
        .hasMessageContaining("http, https, ws or wss");
    assertThatThrownBy(() -> read(List.of("--nonsense=1"), Map.of()))
        .hasMessageContaining("nonsense");
    assertThatThrownBy(() -> read(List.of("--spool-limit=5"), Map.of()))
        .hasMessageContaining("between");
  }

  @Test
  void help_names_every_setting_and_the_token_never_shows() {
    for (Setting setting : Setting.values()) {
      assertThat(SettingsReader.help())
          .contains("--" + setting.argument())
          .contains(setting.variable())
          .contains(setting.description());
    }
    AgentSettings settings = read(List.of(), Map.of("HODEI_AGENT_TOKEN", "hod_secret"));
    assertThat(settings.toString()).doesNotContain("hod_secret");
  }

  @Test
  void a_token_file_that_others_can_read_is_refused_with_what_to_do(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("token");
    Files.writeString(file, "hod_secret\n");
    Token token = read(List.of("--token-file=" + file), Map.of()).token();

    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThatThrownBy(token::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("chmod 600 " + file)
          .hasMessageNotContaining("hod_secret");
    }
    for (String mode : List.of("rw-------", "r--------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(token.read()).isEqualTo("hod_secret");
    }
  }

  private static AgentSettings read(List<String> arguments, Map<String, String> environment) {
    return new SettingsReader(new SettingSource(arguments, environment)).read();
  }
}
