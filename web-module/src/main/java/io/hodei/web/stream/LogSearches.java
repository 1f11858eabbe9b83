package io.hodei.web.stream;

import io.hodei.logs.LogHits;
import io.hodei.logs.LogLines;
import io.hodei.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.faulttolerance.Bulkhead;

/**
 * Searches of logs, a few at a time: each holds a connection for up to a second, and submits and
 * lists must not wait for them.
 */
@ApplicationScoped
public class LogSearches {
  private static final int MOST_AT_ONCE = 6;

  private final LogLines lines;

  @Inject
  public LogSearches(LogLines lines) {
    this.lines = lines;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LogSearches() {
    this(null);
  }

  /** Searches, or is refused at once when too many do. */
  @Bulkhead(MOST_AT_ONCE)
  public LogHits search(Caller caller, LogLines.Log log, LogLines.Wanted wanted) {
    return lines.search(caller, log, wanted);
  }
}
