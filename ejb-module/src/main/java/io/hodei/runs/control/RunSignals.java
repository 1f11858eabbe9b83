package io.hodei.runs.control;

import io.hodei.platform.OutboxWritten;
import io.hodei.runs.entity.RunsTouched;
import io.hodei.runs.entity.RunsTouched.Errand;
import io.hodei.runs.entity.RunsTouched.What;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/** Tells the node what a transaction leads to, when it has committed. */
@Dependent
public class RunSignals {
  private final Event<RunsTouched> touched;
  private final Event<OutboxWritten> written;

  @Inject
  public RunSignals(Event<RunsTouched> touched, Event<OutboxWritten> written) {
    this.touched = touched;
    this.written = written;
  }

  /** Something was written to the outbox, and these may be done. */
  void touched(List<Errand> errands) {
    if (!errands.isEmpty()) {
      touched.fire(new RunsTouched(errands));
    }
    written.fire(new OutboxWritten());
  }

  void touched(What what, long tenant, long id) {
    touched(List.of(new Errand(what, tenant, id)));
  }
}
