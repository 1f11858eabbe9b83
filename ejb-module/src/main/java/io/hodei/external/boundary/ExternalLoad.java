package io.hodei.external.boundary;

import io.hodei.external.control.ExternalCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** How much this node calls at the moment. */
@ApplicationScoped
public class ExternalLoad {
  /** The executors whose work is calls. */
  public static final List<String> EXECUTORS = List.of("http", "cloud-run");

  private final ExternalCalls calls;

  @Inject
  public ExternalLoad(ExternalCalls calls) {
    this.calls = calls;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ExternalLoad() {
    this(null);
  }

  /** Calls of an executor that begin something. */
  public int starts(String executor) {
    return calls.startsInFlight(executor);
  }

  /** Its other calls: looks and cancels. */
  public int looks(String executor) {
    return calls.looksInFlight(executor);
  }
}
