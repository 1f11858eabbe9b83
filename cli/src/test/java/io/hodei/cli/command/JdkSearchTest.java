package io.hodei.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the script at the root chooses a JDK, on directories that look like JDKs. */
class JdkSearchTest {
  @TempDir Path places;
  @TempDir Path outputs;

  private record Outcome(int exitCode, String output) {}

  @Test
  void the_newest_long_term_release_is_chosen() throws Exception {
    jdk("a-21", "21.0.4");
    Path best = jdk("b-25", "25.0.1");
    jdk("c-26", "26");
    jdk("d-17", "17.0.9");

    assertThat(search("")).isEqualTo(new Outcome(0, best.toString()));
  }

  @Test
  void another_release_is_better_than_none() throws Exception {
    jdk("a-17", "17.0.9");
    jdk("b-22", "22.0.1");
    Path best = jdk("c-24", "24.0.1");

    assertThat(search("")).isEqualTo(new Outcome(0, best.toString()));
  }

  @Test
  void java_home_is_obeyed_when_it_is_new_enough() throws Exception {
    jdk("a-25", "25.0.1");
    Path own = jdk("b-21", "21.0.4");

    assertThat(search(own.toString())).isEqualTo(new Outcome(0, own.toString()));
  }

  @Test
  void java_home_is_passed_over_when_it_is_too_old() throws Exception {
    Path best = jdk("a-21", "21.0.4");
    Path old = jdk("b-8", "1.8.0_402");

    assertThat(search(old.toString())).isEqualTo(new Outcome(0, best.toString()));
  }

  @Test
  void a_jdk_in_the_layout_of_macos_is_found() throws Exception {
    Path best = jdk("temurin-25.jdk/Contents/Home", "25.0.1");

    assertThat(search("")).isEqualTo(new Outcome(0, best.toString()));
  }

  @Test
  void without_a_usable_jdk_it_says_what_was_found_and_what_to_do() throws Exception {
    jdk("a-17", "17.0.9");

    Outcome outcome = search("");

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.output())
        .contains("no JDK 21 or newer", "a-17 (17)", "JAVA_HOME=/path/to/jdk");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = places.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    for (String program : new String[] {"java", "javac"}) {
      Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\nexit 1\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  private Outcome search(String javaHome) throws IOException, InterruptedException {
    Path script = Path.of("..", "hodei").toAbsolutePath().normalize();
    Path output = Files.createTempFile(outputs, "search", ".out");
    ProcessBuilder builder =
        new ProcessBuilder("sh", script.toString(), "jdk")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", javaHome);
    builder.environment().put("HODEI_JDK_PLACES", places.toString());
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readString(output).strip());
  }
}
