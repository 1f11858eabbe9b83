package io.hodei.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.output.Json;
import io.hodei.cli.testing.StubInstallation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program itself, in a process of its own, against a stub of the REST interface. */
class CommandLineTest {
  private static final String JOB = "0C7X2M9QK4T1B";

  @TempDir Path directory;

  private record Outcome(int exitCode, String out, String error) {}

  @Test
  void run_shows_both_streams_as_they_are_and_ends_with_the_code_of_the_job() throws Exception {
    try (StubInstallation node = new StubInstallation()) {
      node.answer(
          "POST", "/api/v1/jobs", 201, "{\"id\":\"%s\",\"state\":\"QUEUED\"}".formatted(JOB));
      node.stream(
          "/api/v1/jobs/" + JOB + "/logs/tail",
          log(1, "stdout", "out") + log(2, "stderr", "err") + "event: end\ndata: {}\n\n");
      node.answer(
          "GET",
          "/api/v1/jobs/" + JOB,
          200,
          "{\"id\":\"%s\",\"state\":\"FAILED\",\"exitCode\":42}".formatted(JOB));

      Outcome outcome =
          hodei(node, "run", "--env", "A=1", "--label", "k=v", "ls", "-l", "--name", "x");

      assertThat(outcome).isEqualTo(new Outcome(42, "out", "err"));
      StubInstallation.Request submitted = node.requests().getFirst();
      assertThat(Json.parse(submitted.body()).text())
          .isEqualTo(
              "{\"name\":\"ls\",\"spec\":{\"command\":[\"ls\",\"-l\",\"--name\",\"x\"],\"environment\":{\"A\":\"1\"}},\"labels\":{\"k\":\"v\"}}");
      assertThat(submitted.key()).startsWith("cli-");
      assertThat(submitted.authorization()).isEqualTo("Bearer hod_test");
    }
  }

  @Test
  void an_unknown_job_is_exit_code_4_and_one_clear_message() throws Exception {
    try (StubInstallation node = new StubInstallation()) {
      node.answer(
          "GET",
          "/api/v1/jobs/" + JOB,
          404,
          "{\"title\":\"No such job\",\"code\":\"JOB_NOT_FOUND\",\"instance\":\"/api/v1/jobs/x\"}");

      Outcome outcome = hodei(node, "jobs", "get", JOB);

      assertThat(outcome.exitCode()).isEqualTo(4);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.error())
          .startsWith("hodei: No such job (404 JOB_NOT_FOUND)")
          .contains("do: hodei jobs ls")
          .doesNotContain("Exception");
    }
  }

  @Test
  void a_server_that_is_not_there_is_exit_code_7() throws Exception {
    StubInstallation node = new StubInstallation();
    node.close();

    Outcome outcome = hodei(node, "jobs", "ls");

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.error()).contains("No answer from").contains("do:");
  }

  @Test
  void filters_and_pages_go_to_the_server() throws Exception {
    try (StubInstallation node = new StubInstallation()) {
      node.answer("GET", "/api/v1/jobs", 200, "{\"items\":[{\"id\":\"A\"}],\"nextCursor\":\"c1\"}");
      node.answer("GET", "/api/v1/jobs", 200, "{\"items\":[{\"id\":\"B\"}]}");

      Outcome outcome =
          hodei(node, "jobs", "ls", "--state", "failed,QUEUED", "--label", "team=data", "-o", "id");

      assertThat(outcome).isEqualTo(new Outcome(0, "A\nB\n", ""));
      assertThat(node.requests())
          .extracting(StubInstallation.Request::path)
          .containsExactly(
              "/api/v1/jobs?state=FAILED&state=QUEUED&label=team%3Adata&limit=50",
              "/api/v1/jobs?state=FAILED&state=QUEUED&label=team%3Adata&limit=49&cursor=c1");
    }
  }

  @Test
  void lines_of_jobs_go_to_the_batch_resource() throws Exception {
    Path file =
        Files.writeString(directory.resolve("jobs"), "{\"name\":\"a\"}\n{\"name\":\"b\"}\n");
    try (StubInstallation node = new StubInstallation()) {
      node.answer(
          "POST",
          "/api/v1/jobs:batch",
          200,
          "{\"created\":1,\"refused\":1,\"items\":[{\"index\":0,\"status\":201,\"id\":\"A\"},{\"index\":1,\"status\":400}]}");

      Outcome outcome = hodei(node, "submit", "--atomic", "-o", "id", file.toString());

      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.error()).contains("1 of 2 jobs were refused");
      assertThat(node.requests().getFirst().path()).endsWith("?atomic=true");
    }
  }

  @Test
  void a_part_of_an_id_is_enough_when_one_recent_job_has_it() throws Exception {
    try (StubInstallation node = new StubInstallation()) {
      node.answer(
          "GET",
          "/api/v1/jobs",
          200,
          "{\"items\":[{\"id\":\"%s\"},{\"id\":\"0C7X2M9QK4AAA\"}]}".formatted(JOB));
      node.answer("GET", "/api/v1/jobs/" + JOB, 200, "{\"id\":\"%s\"}".formatted(JOB));

      assertThat(hodei(node, "jobs", "get", "-o", "id", "4t1b").out()).isEqualTo(JOB + "\n");
    }
  }

  @Test
  void the_log_of_a_server_without_offsets_is_shown_once() throws Exception {
    try (StubInstallation node = new StubInstallation()) {
      for (int i = 0; i < 3; i++) {
        node.answer("GET", "/api/v1/jobs/" + JOB + "/logs", 200, "text");
      }

      assertThat(hodei(node, "logs", JOB)).isEqualTo(new Outcome(0, "text", "text"));
    }
  }

  @Test
  void the_console_is_opened_by_a_link_that_works_once() throws Exception {
    try (StubInstallation node = new StubInstallation()) {
      node.answer(
          "POST", "/api/v1/session/codes", 201, "{\"code\":\"x\",\"path\":\"/#/login?code=x\"}");

      assertThat(hodei(node, "console"))
          .isEqualTo(new Outcome(0, node.url() + "/#/login?code=x\n", ""));
      assertThat(node.requests().getFirst().authorization()).isEqualTo("Bearer hod_test");
    }
  }

  @Test
  void every_command_has_two_examples() {
    CommandLine root = HodeiCommand.forArguments(new String[0]);

    assertThat(all(root).filter(line -> examples(line) < 2).map(CommandLine::getCommandName))
        .containsExactly("help");
  }

  private static Stream<CommandLine> all(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().distinct().flatMap(CommandLineTest::all));
  }

  private static long examples(CommandLine line) {
    String name = line.getCommandSpec().qualifiedName();
    return Stream.of(line.getCommandSpec().usageMessage().footer())
        .filter(text -> text.contains(name))
        .count();
  }

  private static String log(int sequence, String stream, String text) {
    return "id: 1-%d\nevent: log\ndata: {\"attempt\":1,\"sequence\":%d,\"stream\":\"%s\",\"offset\":0,\"text\":\"%s\"}\n\n"
        .formatted(sequence, sequence, stream, text);
  }

  private Outcome hodei(StubInstallation node, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.hodei.cli.Hodei"));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path error = directory.resolve("error");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(error.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "HODEI_URL",
                node.url().toString(),
                "HODEI_TOKEN",
                "hod_test",
                "XDG_CONFIG_HOME",
                directory.toString()));
    Process process = builder.start();
    int exitCode = process.waitFor();
    return new Outcome(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(error, StandardCharsets.UTF_8));
  }
}
