package io.hodei.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.cli.client.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetSearchTest {
  private static final URI DEV = URI.create("http://127.0.0.1:8080");
  private static final URI PROD = URI.create("https://prod.example");

  @TempDir Path directory;
  private Contexts contexts = new Contexts(Path.of("unused"));

  @BeforeEach
  void a_running_dev_cluster_and_a_known_context() throws IOException {
    contexts = new Contexts(directory.resolve("config/contexts"));
    contexts.put("prod", List.of(PROD), "hod_prod");
    Files.writeString(directory.resolve("admin.token"), "hod_dev\n");
    Files.writeString(
        directory.resolve("context.json"),
        "{\"urls\":[\"%s\"],\"tokenFile\":\"%s\"}"
            .formatted(DEV, directory.resolve("admin.token")));
  }

  @Test
  void without_anything_else_it_is_the_cluster_of_this_directory() {
    Target target = search(Map.of()).find(null, null, null);

    assertThat(target.urls()).containsExactly(DEV);
    assertThat(target.token()).isEqualTo("hod_dev");
  }

  @Test
  void the_chosen_context_comes_before_the_cluster_of_this_directory() {
    contexts.use("prod");

    assertThat(search(Map.of()).find(null, null, null).urls()).containsExactly(PROD);
  }

  @Test
  void the_environment_comes_before_the_context() {
    contexts.use("prod");
    Map<String, String> environment =
        Map.of("HODEI_URL", "http://127.0.0.1:9,http://127.0.0.1:10", "HODEI_TOKEN", "hod_env");

    Target target = search(environment).find(null, null, null);

    assertThat(target.urls()).hasSize(2);
    assertThat(target.token()).isEqualTo("hod_env");
  }

  @Test
  void flags_come_first() {
    Target target =
        search(Map.of("HODEI_URL", "http://127.0.0.1:9", "HODEI_TOKEN", "hod_env"))
            .find("prod.example", "hod_flag", null);

    assertThat(target).isEqualTo(new Target(List.of(PROD), "hod_flag", "--url"));
  }

  @Test
  void a_known_token_never_goes_to_another_address() {
    assertThat(search(Map.of()).find("https://other.example", null, null).token()).isNull();
    assertThat(search(Map.of()).find(PROD.toString(), null, null).token()).isEqualTo("hod_prod");
  }

  @Test
  void with_nothing_at_all_it_says_what_to_do() {
    TargetSearch search =
        new TargetSearch(Map.of(), new Contexts(directory.resolve("none")), List.of());

    assertThatThrownBy(() -> search.find(null, null, null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("hodei dev");
  }

  @Test
  void tokens_are_kept_for_the_user_alone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(contexts.file())))
        .isEqualTo("rw-------");
  }

  private TargetSearch search(Map<String, String> environment) {
    return new TargetSearch(
        environment, contexts, List.of(directory.resolve("nothing"), directory));
  }
}
