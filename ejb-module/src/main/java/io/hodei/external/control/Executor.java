package io.hodei.external.control;

import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Outcome;

/**
 * Executes elsewhere. A method makes its calls, which end in bounded time, and holds no
 * transaction; whatever it throws puts the task off.
 */
interface Executor {
  /**
   * Begins it, or finds what was begun before under the same {@link ExternalTask#key}: two starts
   * with one key must have the effect of one.
   */
  Outcome start(ExternalTask task);

  /** Asks how it is. */
  Outcome look(ExternalTask task);

  /** Ends it, because it was asked for or because its time is over. */
  Outcome cancel(ExternalTask task);

  /** Where its calls go, to be fair among hosts. */
  String host(ExternalTask task);
}
