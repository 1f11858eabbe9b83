package io.hodei.jobs.boundary;

import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.NewJob;
import io.hodei.jobs.entity.Priority;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.platform.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads jobs as clients describe them, and says all that is wrong with one at once. */
public final class JobInput {
  public static final String DEFAULT_POOL = "default";
  private static final int LONGEST_NAME = 200;
  private static final int MOST_LABELS = 64;
  private static final int LONGEST_LABEL_VALUE = 255;
  private static final long MOST_LOG_BYTES = 1L << 40;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  private JobInput() {}

  /**
   * Reads a job.
   *
   * @throws io.hodei.platform.DomainException INVALID with a pointer for each thing that is wrong
   */
  public static NewJob read(Json json) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(json, "", errors);
    NewJob job = read(fields, name(fields));
    errors.refuse();
    return job;
  }

  /**
   * Reads all of a job but its name, for documents that name their jobs themselves. What is wrong
   * goes to the errors of the fields; the answer is of use only without any.
   */
  public static NewJob read(JsonFields fields, String name) {
    Timeouts timeouts = timeouts(fields, Timeouts.NONE);
    RetryPolicy retry = retry(fields, RetryPolicy.NONE);
    Long logLimit = fields.integer("logLimitBytes", 0, MOST_LOG_BYTES);
    JobSpec spec = SpecInput.read(fields, timeouts, retry, logLimit == null ? 0 : logLimit);
    String pool = pool(fields);
    Map<String, String> requires = labels(fields, "requires");
    if (spec.external() != null && requires != null && !requires.isEmpty()) {
      fields.refuse("requires", "names labels of agents; the servers execute this job themselves");
    }
    Priority priority = priority(fields);
    Map<String, String> labels = labels(fields, "labels");
    Instant availableAt = fields.instant("availableAt");
    fields.finish();
    return new NewJob(
        name,
        spec,
        pool == null ? DEFAULT_POOL : pool,
        requires == null ? Map.of() : requires,
        priority == null ? Priority.NORMAL : priority,
        labels == null ? Map.of() : labels,
        availableAt);
  }

  public static String name(JsonFields fields) {
    String name = fields.requiredText("name", LONGEST_NAME);
    if (name.chars().anyMatch(Character::isISOControl)) {
      fields.refuse("name", "contains a control character");
    }
    return name;
  }

  /** Whether an agent has an executor of this name. */
  public static boolean isExecutor(String name) {
    return SpecInput.EXECUTORS.contains(name);
  }

  public static @Nullable String pool(JsonFields fields) {
    String pool = fields.text("pool", 63);
    if (pool != null && !Words.isPool(pool)) {
      fields.refuse(
          "pool",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
      return null;
    }
    return pool;
  }

  public static @Nullable Map<String, String> labels(JsonFields fields, String name) {
    Map<String, String> labels = fields.textMap(name, MOST_LABELS, LONGEST_LABEL_VALUE);
    if (labels != null) {
      JsonFields members = fields.object(name);
      for (String key : labels.keySet()) {
        if (members != null && !Words.isLabelKey(key)) {
          members.refuse(
              key.length() > 80 ? key.substring(0, 80) : key,
              "is not a label key: 1 to 63 letters, digits or . _ / -, begins with a letter or digit");
        }
      }
    }
    return labels;
  }

  /** A lane alone, or lane and level. */
  public static @Nullable Priority priority(JsonFields fields) {
    Json json = fields.any("priority");
    if (json == null) {
      return null;
    }
    if (json instanceof Json.Text) {
      Priority.Lane lane = fields.oneOf("priority", Priority.Lane.class);
      return lane == null ? null : new Priority(lane, Priority.NORMAL.level());
    }
    if (!(json instanceof Json.Obj)) {
      fields.refuse("priority", "must be HIGH, NORMAL, LOW or {\"lane\":…,\"level\":0..9}");
      return null;
    }
    JsonFields parts = fields.object("priority");
    if (parts == null) {
      return null;
    }
    Priority.Lane lane = parts.oneOf("lane", Priority.Lane.class);
    Long level = parts.integer("level", 0, 9);
    parts.finish();
    return new Priority(
        lane == null ? Priority.Lane.NORMAL : lane,
        level == null ? Priority.NORMAL.level() : level.intValue());
  }

  /**
   * The timeouts.
   *
   * @param before what holds for parts that are not mentioned
   */
  public static Timeouts timeouts(JsonFields fields, Timeouts before) {
    JsonFields parts = fields.object("timeouts");
    if (parts == null) {
      return fields.mentions("timeouts") ? Timeouts.NONE : before;
    }
    Timeouts timeouts =
        new Timeouts(
            timeout(parts, "wait", before.queued()),
            timeout(parts, "run", before.run()),
            timeout(parts, "total", before.total()));
    parts.finish();
    return timeouts;
  }

  private static @Nullable Duration timeout(
      JsonFields parts, String name, @Nullable Duration before) {
    Duration given = parts.duration(name, SHORTEST, LONGEST);
    return given == null && !parts.mentions(name) ? before : given;
  }

  /**
   * The retry policy.
   *
   * @param before what holds for parts that are not mentioned
   */
  public static RetryPolicy retry(JsonFields fields, RetryPolicy before) {
    JsonFields parts = fields.object("retry");
    if (parts == null) {
      return fields.mentions("retry") ? RetryPolicy.NONE : before;
    }
    Long maxAttempts = parts.integer("maxAttempts", 1, 1000);
    RetryPolicy.Backoff backoff = parts.oneOf("backoff", RetryPolicy.Backoff.class);
    Duration delay = parts.duration("delay", Duration.ZERO, Duration.ofDays(30));
    Duration maxDelay = parts.duration("maxDelay", Duration.ZERO, Duration.ofDays(30));
    Double jitter = parts.decimal("jitter", 0, 1);
    List<Integer> onExitCodes = parts.integers("onExitCodes", 256, 0, 255);
    parts.finish();
    RetryPolicy policy =
        new RetryPolicy(
            maxAttempts == null ? before.maxAttempts() : maxAttempts.intValue(),
            backoff == null ? before.backoff() : backoff,
            delay == null ? before.delay() : delay,
            maxDelay == null ? longer(before.maxDelay(), delay) : maxDelay,
            jitter == null ? before.jitter() : jitter,
            onExitCodes == null ? before.onExitCodes() : onExitCodes);
    if (policy.maxDelay().compareTo(policy.delay()) < 0) {
      parts.refuse("maxDelay", "is shorter than delay");
    }
    return policy;
  }

  /** Who only says a long delay does not want it to be cut by the usual bound. */
  private static Duration longer(Duration maxDelay, @Nullable Duration delay) {
    return delay != null && delay.compareTo(maxDelay) > 0 ? delay : maxDelay;
  }
}
