package io.hodei.dispatch.control;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.EndReport.Outcome;
import io.hodei.protocol.hwp.Finished;
import jakarta.json.JsonException;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an agent says of an attempt's end, bounded and cleaned: agents are not trusted. */
public final class EndReports {
  private static final JsonReaderFactory JSON =
      JsonProvider.provider().createReaderFactory(Map.of());
  private static final int MAX_REASON = 2_000;
  private static final int MAX_RESULT = 64 << 10;

  private EndReports() {}

  public static AttemptKey key(EndReport report) {
    return new AttemptKey(report.jobId(), report.epoch());
  }

  /**
   * Reads a report.
   *
   * @param begun whether the attempt's start came with it
   */
  public static EndReport read(Finished finished, boolean begun) {
    Outcome outcome =
        switch (finished.getOutcome()) {
          case EXITED -> Outcome.EXITED;
          case RUN_TIMEOUT -> Outcome.RUN_TIMEOUT;
          case CANCELLED -> Outcome.CANCELLED;
          case LAUNCH_FAILED, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Outcome.LAUNCH_FAILED;
          case AGENT_LOST -> Outcome.AGENT_LOST;
        };
    return new EndReport(
        finished.getJobId(),
        finished.getEpoch(),
        begun,
        outcome,
        finished.getExitCode(),
        Math.clamp(finished.getSignal(), 0, 255),
        clean(finished.getReason(), MAX_REASON),
        Math.max(-1, finished.getCpuMicros()),
        Math.max(-1, finished.getPeakMemoryBytes()),
        finished.getTreeEnded(),
        result(finished));
  }

  /** PostgreSQL stores no NUL in texts. */
  private static String clean(String text, int most) {
    String whole = text.replace("\0", "");
    return whole.length() <= most ? whole : whole.substring(0, most);
  }

  /**
   * A result that is not JSON is kept as a JSON text of its bytes, so nothing a job wrote is lost.
   */
  private static String result(Finished finished) {
    if (finished.getResult().isEmpty() || finished.getResult().size() > MAX_RESULT) {
      return "";
    }
    String text = finished.getResult().toString(StandardCharsets.UTF_8);
    try (var reader = JSON.createReader(new StringReader(text))) {
      if (!text.contains("\\u0000")) {
        return reader.readValue().toString();
      }
    } catch (JsonException | IllegalStateException | StackOverflowError e) {
      // Kept as text below.
    }
    return JsonProvider.provider().createValue(clean(text, MAX_RESULT)).toString();
  }
}
