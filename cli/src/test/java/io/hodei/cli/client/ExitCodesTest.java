package io.hodei.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.output.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"state\":\"SUCCEEDED\",\"exitCode\":0}|0",
        "{\"state\":\"FAILED\",\"exitCode\":42}|42",
        "{\"state\":\"FAILED\",\"exitCode\":0}|1",
        "{\"state\":\"FAILED\"}|1",
        "{\"state\":\"FAILED\",\"signal\":9}|137",
        "{\"state\":\"CANCELLED\",\"signal\":15}|143",
        "{\"state\":\"CANCELLED\"}|1",
        "{\"state\":\"TIMED_OUT\",\"signal\":9}|6",
        "{\"state\":\"EXPIRED\"}|6",
        "{\"state\":\"FAILED\",\"exitCode\":256}|1"
      })
  void the_end_of_a_job_becomes_the_exit_code_of_run(String job, int exitCode) {
    assertThat(JobEnd.exitCode(Json.parse(job))).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({
    "400,2", "422,2", "401,3", "403,3", "404,4", "409,5", "412,5", "504,6", "429,7", "500,7",
    "503,7"
  })
  void a_refusal_becomes_an_exit_code(int status, int exitCode) {
    assertThat(Problem.of(status, "{}").failure().exitCode()).isEqualTo(exitCode);
  }

  @Test
  void a_problem_says_what_happened_why_and_what_to_do() {
    String body =
        """
        {"title":"Job refused","status":400,"detail":"The command is empty.","code":"JOB_INVALID","traceId":"4bf9",
         "errors":[{"pointer":"/spec/command","message":"must not be empty"}]}
        """;

    assertThat(Problem.of(400, body).failure())
        .hasMessage(
            "Job refused (400 JOB_INVALID)\n  why: The command is empty.\n  /spec/command: must not be empty\n  trace: 4bf9");
  }

  @Test
  void an_answer_that_is_no_problem_document_is_not_shown() {
    assertThat(Problem.of(502, "<html>\u001B[31m</html>").failure().getMessage())
        .contains("not one of a Hodei server")
        .doesNotContain("html");
  }
}
