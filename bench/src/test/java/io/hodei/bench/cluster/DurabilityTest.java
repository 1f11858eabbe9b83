package io.hodei.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.bench.BenchException;
import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurabilityTest {
  @ParameterizedTest
  @CsvSource({
    "fsync,off",
    "full_page_writes,off",
    "synchronous_commit,off",
    "synchronous_commit,local"
  })
  void weaker_settings_are_refused_with_their_name(String name, String value) {
    assertThatThrownBy(() -> Durability.check(name, value))
        .isInstanceOf(BenchException.class)
        .hasMessageStartingWith(name + " is " + value);
  }

  @ParameterizedTest
  @CsvSource({
    "fsync,on",
    "full_page_writes,on",
    "synchronous_commit,on",
    "synchronous_commit,remote_apply"
  })
  void durable_settings_are_accepted(String name, String value) {
    assertThatCode(() -> Durability.check(name, value)).doesNotThrowAnyException();
  }

  @Test
  void a_real_database_is_asked(@TempDir Path directory) {
    DevArtifacts nothing = new DevArtifacts(directory, directory, directory, directory);
    DevSettings settings =
        DevSettings.in(directory.resolve("dev")).withPostgresSetting("synchronous_commit", "off");
    try (DevCluster cluster = DevCluster.open(settings, nothing, Progress.silent())) {
      cluster.startPostgres();
      try (Database database = new Database(cluster.postgres())) {
        assertThat(database.walBytes()).isPositive();
        assertThatThrownBy(() -> Durability.require(database, "ext4"))
            .hasMessageStartingWith("synchronous_commit is off");
      }
    }
  }
}
