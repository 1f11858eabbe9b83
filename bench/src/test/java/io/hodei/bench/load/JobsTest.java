package io.hodei.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.output.Json;
import org.junit.jupiter.api.Test;

class JobsTest {
  @Test
  void an_array_holds_as_many_jobs_as_asked_for() {
    Json array = Json.parse(new String(Jobs.array(Jobs.noop("n", "p"), 3), UTF_8));

    assertThat(array.elements()).hasSize(3);
    assertThat(array.string("2.spec.executor")).isEqualTo("noop");
  }

  @Test
  void lines_are_one_job_each() {
    String lines = new String(Jobs.lines(Jobs.process("n", "/bin/sh", "-c", "true"), 2), UTF_8);

    assertThat(lines.lines()).hasSize(2);
    assertThat(Json.parse(lines.lines().findFirst().orElseThrow()).string("spec.command.2"))
        .isEqualTo("true");
  }
}
