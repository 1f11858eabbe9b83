package io.hodei.it.chaos;

import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Host;
import jakarta.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Compares what the API tells of a run with what the script and the oracle say must be. */
final class Verdict {
  private final Script script;
  private final Api api;
  private final Oracle oracle;
  private final List<String> found = new ArrayList<>();

  Verdict(Script script, Api api, Oracle oracle) {
    this.script = script;
    this.api = api;
    this.oracle = oracle;
  }

  /** Everything that is not as it must be; empty is good. */
  List<String> of(Map<Integer, String> acknowledged) {
    found.addAll(oracle.overlaps());
    Map<String, List<JsonObject>> byName = byName();
    acknowledged.forEach((number, id) -> job(number, id, byName));
    if (byName.size() != acknowledged.size()) {
      found.add(
          "%d jobs were acknowledged and the API lists %d names"
              .formatted(acknowledged.size(), byName.size()));
    }
    List<Long> left = Host.withEnvironment(script.mark());
    if (!left.isEmpty()) {
      found.add("processes of jobs are left on the host: " + left);
    }
    agents();
    return List.copyOf(found);
  }

  private void job(int number, String id, Map<String, List<JsonObject>> byName) {
    List<JsonObject> same = byName.getOrDefault(script.name(number), List.of());
    if (same.size() != 1 || !same.getFirst().getString("id").equals(id)) {
      found.add("job %s (%s) was acknowledged once; found: %s".formatted(id, number, same));
      return;
    }
    JsonObject job = same.getFirst();
    Kind kind = Kind.of(number);
    if (!job.getString("state").equals(kind.end())) {
      found.add("%s job %s ended as %s".formatted(kind, id, job));
      return;
    }
    int exit = job.getInt("exitCode", -1);
    int wanted =
        switch (kind) {
          case TRUE, PRINT, SLEEP -> 0;
          case FAIL -> 5;
          case RETRY -> 9;
          case CANCEL -> exit;
        };
    if (exit != wanted) {
      found.add("%s job %s has exit code %d".formatted(kind, id, exit));
    }
    if (kind == Kind.RETRY && job.getInt("failures") != 3) {
      found.add("job %s was to fail three times: %s".formatted(id, job));
    }
    if (kind == Kind.SLEEP && !oracle.ended(id, job.getInt("attempt"))) {
      found.add("job %s attempt %d did not come to its end".formatted(id, job.getInt("attempt")));
    }
    if (kind != Kind.TRUE) {
      attempts(number, id);
    }
  }

  private void attempts(int number, String id) {
    for (JsonObject attempt : api.get("/jobs/" + id + "/attempts").expect(200).items()) {
      int epoch = attempt.getInt("attempt");
      boolean whole = List.of("SUCCEEDED", "FAILED").contains(attempt.getString("state"));
      output(id, attempt, "stdout", script.stdout(number, epoch), whole);
      output(id, attempt, "stderr", script.stderr(number), whole);
    }
  }

  private void output(String id, JsonObject attempt, String stream, byte[] wanted, boolean whole) {
    int epoch = attempt.getInt("attempt");
    Answer answer =
        api.get("/jobs/%s/logs/download?attempt=%d&stream=%s".formatted(id, epoch, stream));
    if (answer.status() != 200) {
      found.add(answer.toString());
      return;
    }
    byte[] stored = answer.bytes();
    boolean right =
        whole
            ? Arrays.equals(stored, wanted)
            : stored.length <= wanted.length
                && Arrays.equals(stored, Arrays.copyOf(wanted, stored.length));
    if (!right) {
      found.add(
          "job %s attempt %d (%s): %s has %d bytes, not the %d of its script; first difference at %d"
              .formatted(
                  id,
                  epoch,
                  attempt.getString("state"),
                  stream,
                  stored.length,
                  wanted.length,
                  Arrays.mismatch(stored, wanted)));
    }
    if (whole && wanted.length > 0) {
      JsonObject log = attempt.getJsonObject("logs").getJsonObject(stream);
      if (log.getInt("length") != wanted.length
          || !log.getString("sha256", "").equals(sha(wanted))) {
        found.add("job %s attempt %d: %s is sealed as %s".formatted(id, epoch, stream, log));
      }
    }
  }

  /** All jobs of the run as the list shows them. */
  private Map<String, List<JsonObject>> byName() {
    Map<String, List<JsonObject>> all = new HashMap<>();
    String page = "/jobs?limit=500&name=" + script.run() + "-*";
    Answer answer = api.get(page).expect(200);
    while (true) {
      answer
          .items()
          .forEach(
              job -> all.computeIfAbsent(job.getString("name"), key -> new ArrayList<>()).add(job));
      String cursor = answer.json().getString("nextCursor", "");
      if (cursor.isEmpty()) {
        return all;
      }
      answer = api.get(page + "&cursor=" + cursor).expect(200);
    }
  }

  private void agents() {
    for (JsonObject agent : api.get("/agents").expect(200).items()) {
      if (agent.getInt("running") != 0 || agent.getInt("free") != agent.getInt("slots")) {
        found.add("an agent is not idle: " + agent);
      }
    }
  }

  private static String sha(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
