package io.hodei.it.chaos;

import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Host;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares what the API tells of a run with what the script and the oracle say must be. */
final class Verdict {
  private static final Set<String> ACCEPTED = Set.of("SUCCEEDED", "FAILED");

  /** How far the clocks of this check may be apart. */
  private static final Duration CLOCKS = Duration.ofMillis(250);

  private static final Pattern LAST_WORDS =
      Pattern.compile("(?:(?:Killed|unshare: [^\\n]*)\\n)+\\z");

  private final Script script;
  private final Api api;
  private final Oracle oracle;
  private final List<String> found = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private final List<String> results = new ArrayList<>();
  private final Instant hostStarted = hostStarted();

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
    oracle.jobs().stream()
        .filter(job -> !acknowledged.containsValue(job))
        .forEach(job -> found.add("job %s ran and nobody submitted it".formatted(job)));
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

  /** What it saw: states by the API, results by the processes. */
  Counts counts() {
    return Counts.of(states, results);
  }

  private void job(int number, String id, Map<String, List<JsonObject>> byName) {
    List<JsonObject> same = byName.getOrDefault(script.name(number), List.of());
    if (same.size() != 1 || !same.getFirst().getString("id").equals(id)) {
      found.add("job %s (%s) was acknowledged once; found: %s".formatted(id, number, same));
      return;
    }
    JsonObject job = same.getFirst();
    Kind kind = Kind.of(number);
    states.add(job.getString("state"));
    if (!job.getString("state").equals(kind.end())) {
      found.add("%s job %s ended as %s".formatted(kind, id, job));
      return;
    }
    if (kind != Kind.CANCEL && job.getInt("exitCode", -1) != kind.exitCode()) {
      found.add("%s job %s has the wrong exit code: %s".formatted(kind, id, job));
    }
    if (job.getInt("failures") != kind.failures()) {
      found.add("%s job %s was to fail %d times: %s".formatted(kind, id, kind.failures(), job));
    }
    attempts(number, id);
  }

  private void attempts(int number, String id) {
    List<JsonObject> attempts =
        api.get("/jobs/" + id + "/attempts").expect(200).items().stream()
            .sorted(Comparator.comparing(attempt -> attempt.getInt("attempt")))
            .toList();
    Set<Integer> known = new TreeSet<>();
    Instant free = Instant.EPOCH;
    for (JsonObject attempt : attempts) {
      known.add(attempt.getInt("attempt"));
      boolean accepted = ACCEPTED.contains(attempt.getString("state"));
      ran(id, attempt, accepted);
      output(id, attempt, "stdout", script.stdout(number, attempt.getInt("attempt")), accepted);
      output(id, attempt, "stderr", script.stderr(number), accepted);
      if (Instant.parse(attempt.getString("leasedAt")).isBefore(free)) {
        found.add("job %s: attempts overlap: %s".formatted(id, attempts));
      }
      free = Instant.parse(attempt.getString("finishedAt"));
    }
    if (!known.containsAll(oracle.attempts(id).keySet())) {
      found.add(
          "job %s ran as attempts %s; the API knows %s"
              .formatted(id, oracle.attempts(id), attempts));
    }
    results(Kind.of(number), id, attempts);
  }

  /** The attempts with an accepted result are as many as the kind says, and the last ones count. */
  private void results(Kind kind, String id, List<JsonObject> attempts) {
    long failed = attempts.stream().filter(a -> a.getString("state").equals("FAILED")).count();
    long good = attempts.stream().filter(a -> a.getString("state").equals("SUCCEEDED")).count();
    boolean last = attempts.isEmpty() || attempts.getLast().getString("state").equals(kind.end());
    boolean right = failed == kind.failures() && good == (kind.end().equals("SUCCEEDED") ? 1 : 0);
    if (!right || !(last || kind == Kind.CANCEL)) {
      found.add("%s job %s has other results than it must: %s".formatted(kind, id, attempts));
    }
  }

  /** What was accepted of an attempt is what its process did, and when it did it. */
  private void ran(String id, JsonObject attempt, boolean accepted) {
    int epoch = attempt.getInt("attempt");
    Oracle.Interval interval = oracle.attempts(id).get(epoch);
    if (attempt.getString("state").equals("RETURNED") && interval != null) {
      found.add("job %s: %s was given back and ran: %s".formatted(id, attempt, interval));
    }
    if (!accepted) {
      return;
    }
    oracle.exit(id, epoch).ifPresent(code -> results.add(String.valueOf(code)));
    if (interval == null
        || interval.starts() != 1
        || !interval.codes().equals(List.of(attempt.getInt("exitCode", -1)))
        || interval.pids().size() != 1) {
      found.add(
          "job %s: the result of %s was accepted, but what ran was %s"
              .formatted(id, attempt, interval));
    } else if (at(interval.first()).isBefore(time(attempt, "leasedAt").minus(CLOCKS))
        || at(interval.last()).isAfter(time(attempt, "finishedAt").plus(CLOCKS))) {
      found.add(
          "job %s: %s ran at other times: %s to %s"
              .formatted(id, attempt, at(interval.first()), at(interval.last())));
    }
  }

  /** The time of day of a time since the host started. */
  private Instant at(double uptime) {
    return hostStarted.plusNanos((long) (uptime * 1e9));
  }

  private static Instant time(JsonObject attempt, String member) {
    return Instant.parse(attempt.getString(member));
  }

  private static Instant hostStarted() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
      return Instant.now().minusNanos((long) (Double.parseDouble(uptime) * 1e9));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void output(String id, JsonObject attempt, String stream, byte[] wanted, boolean whole) {
    int epoch = attempt.getInt("attempt");
    if (wanted.length == 0
        && attempt.getJsonObject("logs").getJsonObject(stream).getInt("length") == 0) {
      return;
    }
    Answer answer =
        api.get("/jobs/%s/logs/download?attempt=%d&stream=%s".formatted(id, epoch, stream));
    if (answer.status() != 200) {
      found.add(answer.toString());
      return;
    }
    byte[] stored = whole ? answer.bytes() : withoutLastWords(answer.bytes());
    boolean right =
        whole
            ? Arrays.equals(stored, wanted)
            : stored.length <= wanted.length
                && Arrays.equals(stored, Arrays.copyOf(wanted, stored.length));
    if (!right) {
      found.add(
          "job %s attempt %d (%s): %s has %d bytes, not the %d of its script; from %d on: %s"
              .formatted(
                  id,
                  epoch,
                  attempt.getString("state"),
                  stream,
                  stored.length,
                  wanted.length,
                  Arrays.mismatch(stored, wanted),
                  excerpt(stored, Arrays.mismatch(stored, wanted))));
    }
    if (whole && wanted.length > 0) {
      JsonObject log = attempt.getJsonObject("logs").getJsonObject(stream);
      if (log.getInt("length") != wanted.length
          || !log.getString("sha256", "").equals(sha(wanted))) {
        found.add("job %s attempt %d: %s is sealed as %s".formatted(id, epoch, stream, log));
      }
    }
  }

  /**
   * What a process wrote before its host killed it. A shell or {@code unshare} that outlives its
   * child by an instant says so on its standard error, which is no output of the script.
   */
  private static byte[] withoutLastWords(byte[] stored) {
    String text = new String(stored, StandardCharsets.ISO_8859_1);
    return LAST_WORDS.matcher(text).replaceFirst("").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String excerpt(byte[] bytes, int from) {
    return new String(bytes, from, Math.min(80, bytes.length - from), StandardCharsets.ISO_8859_1);
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
