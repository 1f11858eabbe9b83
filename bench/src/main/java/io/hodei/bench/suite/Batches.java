package io.hodei.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hodei.bench.BenchException;
import io.hodei.bench.load.Answer;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Request;
import io.hodei.cli.output.Json;
import java.util.List;

/** Bulk submission. */
final class Batches {
  static final String NDJSON = "application/x-ndjson";
  static final String JSON = "application/json";

  private Batches() {}

  static Request request(String type, byte[] body) {
    return Request.of("POST", "/api/v1/jobs:batch", type, body);
  }

  /** Sends one batch and returns the answer; refuses when a job of it was not created. */
  static Answer submit(HttpConnection connection, String type, byte[] body, int jobs) {
    return requireCreated(connection.send(request(type, body)), jobs);
  }

  /** The answer to a batch; refuses when a job of it was not created. */
  static Answer requireCreated(Answer answer, int jobs) {
    answer.expect(200);
    // The head of the answer holds the number; binding 10,000 items would cost as much as sending.
    String head = new String(answer.body(), 0, Math.min(answer.body().length, 60), UTF_8);
    if (!head.replace(" ", "").startsWith("{\"created\":%d,".formatted(jobs))) {
      throw new BenchException(
          "A batch of %d was not created as a whole: %s".formatted(jobs, head));
    }
    return answer;
  }

  /** The ids in the answer to a batch. */
  static List<String> ids(Answer answer) {
    return Json.parse(answer.text()).at("items").elements().stream()
        .map(item -> item.string("id"))
        .toList();
  }
}
