package io.hodei.web.jobs;

import io.hodei.jobs.entity.Attempt;
import io.hodei.jobs.entity.ExternalSpec;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.jobs.entity.Waiting;
import io.hodei.json.JsonWriter;
import io.hodei.logs.LogInfo;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes jobs as clients see them. */
public final class JobOutput {
  /** The members of a job, in the order in which they are written. */
  static final List<String> FIELDS =
      List.of(
          "id",
          "name",
          "state",
          "pool",
          "priority",
          "labels",
          "spec",
          "requires",
          "availableAt",
          "timeouts",
          "retry",
          "attempt",
          "failures",
          "losses",
          "agent",
          "agentName",
          "exitCode",
          "signal",
          "reason",
          "result",
          "createdAt",
          "queuedAt",
          "startedAt",
          "finishedAt",
          "cancelRequestedAt",
          "retryOf",
          "replayedAs",
          "runId",
          "step",
          "logLimitBytes",
          "version");

  private static final Set<String> ALL = Set.copyOf(FIELDS);

  private JobOutput() {}

  /** The text of a job alone. */
  public static JsonWriter of(Job job) {
    JsonWriter out = new JsonWriter(1024);
    write(out, job);
    return out;
  }

  /** Writes the whole job. */
  public static void write(JsonWriter out, Job job) {
    write(out, job, ALL);
  }

  /** Writes the members that are asked for. */
  static void write(JsonWriter out, Job job, Set<String> fields) {
    boolean whole = fields == ALL;
    out.object();
    if (whole || fields.contains("id")) {
      out.id("id", job.id());
    }
    if (whole || fields.contains("name")) {
      out.member("name", job.name());
    }
    if (whole || fields.contains("state")) {
      out.member("state", job.state());
    }
    if (whole || fields.contains("pool")) {
      out.member("pool", job.pool());
    }
    if (whole || fields.contains("priority")) {
      out.object("priority")
          .member("lane", job.priority().lane())
          .member("level", job.priority().level())
          .endObject();
    }
    if (whole || fields.contains("labels")) {
      out.member("labels", job.labels());
    }
    if (whole || fields.contains("spec")) {
      spec(out, job.spec());
    }
    if (whole || fields.contains("requires")) {
      out.member("requires", job.requires());
    }
    policy(out, job, fields, whole);
    history(out, job, fields, whole);
    out.endObject();
  }

  private static void policy(JsonWriter out, Job job, Set<String> fields, boolean whole) {
    if (whole || fields.contains("availableAt")) {
      out.member("availableAt", job.availableAt());
    }
    if (whole || fields.contains("timeouts")) {
      timeouts(out, job.spec().timeouts());
    }
    if (whole || fields.contains("retry")) {
      retry(out, job.spec().retry());
    }
    if (whole || fields.contains("attempt")) {
      out.member("attempt", job.epoch());
    }
    if (whole || fields.contains("failures")) {
      out.member("failures", job.failures());
    }
    if (whole || fields.contains("losses")) {
      out.member("losses", job.losses());
    }
    if (whole || fields.contains("agent")) {
      out.id("agent", job.agentId());
    }
    if (whole || fields.contains("agentName")) {
      out.member("agentName", job.agentName());
    }
  }

  private static void history(JsonWriter out, Job job, Set<String> fields, boolean whole) {
    if (whole || fields.contains("exitCode")) {
      out.member("exitCode", job.exitCode());
    }
    if (whole || fields.contains("signal")) {
      out.member("signal", job.signal());
    }
    if (whole || fields.contains("reason")) {
      out.member("reason", job.reason());
    }
    if (whole || fields.contains("result")) {
      out.json("result", job.result());
    }
    if (whole || fields.contains("createdAt")) {
      out.member("createdAt", job.createdAt());
    }
    if (whole || fields.contains("queuedAt")) {
      out.member("queuedAt", job.queuedAt());
    }
    if (whole || fields.contains("startedAt")) {
      out.member("startedAt", job.startedAt());
    }
    if (whole || fields.contains("finishedAt")) {
      out.member("finishedAt", job.completedAt());
    }
    if (whole || fields.contains("cancelRequestedAt")) {
      out.member("cancelRequestedAt", job.cancelRequestedAt());
    }
    if (whole || fields.contains("retryOf")) {
      out.id("retryOf", job.retryOf());
    }
    if (whole || fields.contains("replayedAs")) {
      out.id("replayedAs", job.replayedAs());
    }
    if (whole || fields.contains("runId")) {
      out.id("runId", job.runId());
    }
    if (whole || fields.contains("step")) {
      out.member("step", job.step());
    }
    if (whole || fields.contains("logLimitBytes")) {
      out.member("logLimitBytes", job.spec().logLimitBytes());
    }
    if (whole || fields.contains("version")) {
      out.member("version", job.version());
    }
  }

  private static void spec(JsonWriter out, JobSpec spec) {
    out.object("spec").member("executor", spec.executor());
    if (!spec.command().isEmpty()) {
      out.texts("command", spec.command());
    }
    out.member("shell", spec.shell());
    if (!spec.environment().isEmpty()) {
      out.member("environment", spec.environment());
    }
    if (spec.stdin().length > 0) {
      out.member("stdin", Base64.getEncoder().encodeToString(spec.stdin()));
    }
    ExternalSpec external = spec.external();
    if (external != null) {
      out.name(external.member()).value(external.document()).endObject();
      return;
    }
    out.member("workingDirectory", spec.workingDirectory())
        .member("image", spec.image())
        .member("killGrace", spec.killGrace())
        .endObject();
  }

  private static void timeouts(JsonWriter out, Timeouts timeouts) {
    out.object("timeouts")
        .member("wait", timeouts.queued())
        .member("run", timeouts.run())
        .member("total", timeouts.total())
        .endObject();
  }

  private static void retry(JsonWriter out, RetryPolicy retry) {
    out.object("retry")
        .member("maxAttempts", retry.maxAttempts())
        .member("backoff", retry.backoff())
        .member("delay", retry.delay())
        .member("maxDelay", retry.maxDelay())
        .member("jitter", retry.jitter());
    if (!retry.onExitCodes().isEmpty()) {
      out.array("onExitCodes");
      retry.onExitCodes().forEach(out::value);
      out.endArray();
    }
    out.endObject();
  }

  /** Writes why a job waits. */
  static JsonWriter of(Waiting waiting) {
    JsonWriter out = new JsonWriter().object().member("state", waiting.state());
    boolean held = waiting.state().isHeld() && waiting.reasons().isEmpty();
    out.member("waiting", !waiting.state().isTerminal() && !held);
    out.array("reasons");
    for (Waiting.Reason reason : waiting.reasons()) {
      out.object()
          .member("code", reason.code())
          .member("message", reason.message())
          .member("detail", reason.detail())
          .endObject();
    }
    out.endArray();
    if (waiting.position() >= 0) {
      out.member("position", waiting.position())
          .member("positionIsAtLeast", waiting.positionIsAtLeast());
    }
    return out.endObject();
  }

  /** Writes an attempt; {@code log} is null when nothing is stored of its output. */
  static void add(JsonWriter out, Attempt attempt, @Nullable LogInfo log) {
    out.object()
        .member("attempt", attempt.epoch())
        .member("state", attempt.state())
        .id("agent", attempt.agentId())
        .member("agentName", attempt.agentName())
        .member("leasedAt", attempt.leasedAt())
        .member("startedAt", attempt.startedAt())
        .member("finishedAt", attempt.finishedAt())
        .member("exitCode", attempt.exitCode())
        .member("signal", attempt.signal())
        .member("reason", attempt.reason())
        .member("cpuMicros", attempt.cpuMicros())
        .member("peakMemoryBytes", attempt.peakMemoryBytes())
        .member("treeEnded", attempt.treeEnded())
        .member("executionName", attempt.executionName());
    if (log != null) {
      out.object("logs").member("state", log.state());
      stream(out, "stdout", log.stdout());
      stream(out, "stderr", log.stderr());
      out.endObject();
    }
    out.endObject();
  }

  private static void stream(JsonWriter out, String name, LogInfo.Stream stream) {
    byte[] digest = stream.sha256();
    out.object(name)
        .member("length", stream.length())
        .member("sha256", digest == null ? null : HexFormat.of().formatHex(digest))
        .member("dropped", stream.dropped())
        .endObject();
  }
}
