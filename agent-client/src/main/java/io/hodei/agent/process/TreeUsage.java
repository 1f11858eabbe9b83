package io.hodei.agent.process;

import io.hodei.agent.spool.AttemptId;
import io.hodei.protocol.hwp.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the process tree of one attempt used, and when the server is told next. Thread-safe. */
final class TreeUsage {
  /** Short jobs have no picture, and cost nothing for it. */
  private static final long FIRST_POINT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Duration SOONEST = Duration.ofSeconds(5);
  private static final Duration LATEST = Duration.ofSeconds(60);
  private static final int CPUS = Runtime.getRuntime().availableProcessors();

  private final AttemptId id;
  private final long startedNanos;
  private long peakBytes = -1;
  private long cpuMicros = -1;
  private long toldNanos;
  private @Nullable UsageSeries series;
  private boolean over;

  /**
   * @param startedNanos {@link System#nanoTime}, like all times here
   */
  TreeUsage(AttemptId id, long startedNanos) {
    this.id = id;
    this.startedNanos = startedNanos;
    this.toldNanos = startedNanos;
  }

  /** Takes in what the living processes of the tree use. */
  synchronized void seen(long nanos, long bytes, long micros) {
    peakBytes = Math.max(peakBytes, bytes);
    cpuMicros = Math.max(cpuMicros, micros);
    if (series == null && nanos - startedNanos >= FIRST_POINT_NANOS) {
      series = new UsageSeries(CPUS);
      add(series, nanos, peakBytes);
    } else if (series != null) {
      add(series, nanos, bytes);
    }
  }

  /** Most memory ever seen in use by the whole tree; -1 when it ended before anybody looked. */
  synchronized long peakBytes() {
    return peakBytes > 0 ? peakBytes : -1;
  }

  synchronized long cpuMicros(ExitStatus status) {
    return Math.max(cpuMicros, status.cpuMicros());
  }

  /** The picture so far when it is time to tell it: each step, but every 5 to 60 seconds. */
  synchronized Optional<Usage> due(long nanos) {
    if (over || series == null || nanos - toldNanos < pauseNanos(series)) {
      return Optional.empty();
    }
    toldNanos = nanos;
    return picture(series);
  }

  /** The whole picture, after the end; none is due any more. */
  synchronized Optional<Usage> last(long nanos, ExitStatus status) {
    over = true;
    if (series == null) {
      return Optional.empty();
    }
    cpuMicros = cpuMicros(status);
    add(series, nanos, 0);
    return picture(series);
  }

  private void add(UsageSeries to, long nanos, long bytes) {
    to.add(TimeUnit.NANOSECONDS.toMillis(nanos - startedNanos), cpuMicros, bytes);
  }

  private Optional<Usage> picture(UsageSeries from) {
    return from.picture().map(usage -> usage.setJobId(id.job()).setEpoch(id.epoch()).build());
  }

  private static long pauseNanos(UsageSeries series) {
    long step = TimeUnit.MILLISECONDS.toNanos(series.stepMillis());
    return Math.clamp(step, SOONEST.toNanos(), LATEST.toNanos());
  }
}
