package io.hodei.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who does what for all. A loop asks {@link #hold} before each round; the answer is remembered for
 * a second, and each write of the round checks the term again in the database.
 */
@ApplicationScoped
public class Duties {
  static final Duration TTL = Duration.ofSeconds(4);
  private static final long REMEMBER_NANOS = Duration.ofSeconds(1).toNanos();

  private final NodeRows rows;
  private final Membership membership;
  private final ConcurrentHashMap<String, Answer> answers = new ConcurrentHashMap<>();

  @Inject
  public Duties(NodeRows rows, Membership membership) {
    this.rows = rows;
    this.membership = membership;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Duties() {
    this(null, null);
  }

  /** The term in which this node holds the duty, if it does. */
  public Optional<Term> hold(String duty) {
    Answer known = answers.get(duty);
    if (known != null && System.nanoTime() - known.askedAt < REMEMBER_NANOS) {
      return known.term;
    }
    long askedAt = System.nanoTime();
    Optional<Term> term =
        rows.hold(duty, membership.number(), membership.incarnation(), TTL)
            .map(number -> new Term(duty, number));
    answers.put(duty, new Answer(askedAt, term));
    return term;
  }

  private record Answer(long askedAt, Optional<Term> term) {}
}
