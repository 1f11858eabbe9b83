package io.hodei.expressions;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Bounds one evaluation. The language has no endless loop, but values that double with every few
 * characters of an expression; so what is made is weighed as it is made. Lists may hold the same
 * list many times: the weight counts it each time, as comparing or writing it would.
 */
public final class CelBudget implements CelEvaluationListener {
  public static final int MOST_ITERATIONS = 20_000;
  private static final int MOST_STEPS = 1_000_000;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int MOST_TEXT = 16 << 20;
  private static final long HEAVIEST = 200_000;
  private static final int MOST_WEIGHED = 2_000_000;
  private static final long MOST_NANOS = Duration.ofSeconds(5).toNanos();

  private final long begin = System.nanoTime();
  private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();
  private int steps;
  private int weighed;
  private long text;

  /** More than an expression may take. */
  public static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Exceeded(String message) {
      super(message, null, false, false);
    }
  }

  @Override
  public void callback(CelExpr expression, Object value) {
    if (++steps > MOST_STEPS) {
      throw new Exceeded("the expression takes more than %d steps".formatted(MOST_STEPS));
    }
    if ((steps & 63) == 0 && System.nanoTime() - begin > MOST_NANOS) {
      throw new Exceeded("the expression takes too long; do large work in a job");
    }
    if (expression.getKind() == CelExpr.ExprKind.Kind.CALL) {
      countText(value);
    }
    if ((value instanceof Collection || value instanceof Map) && isNew(expression)) {
      weigh(value);
    }
  }

  private void countText(Object value) {
    int length =
        switch (value) {
          case String s -> s.length();
          case CelByteString b -> b.size();
          case null, default -> 0;
        };
    text += length;
    if (length > LONGEST_TEXT || text > MOST_TEXT) {
      throw new Exceeded(
          "the expression makes texts of more than %d characters".formatted(LONGEST_TEXT));
    }
  }

  /** Whether it makes a container, and does not only hand on one that is there. */
  private static boolean isNew(CelExpr expression) {
    return switch (expression.getKind()) {
      case LIST, MAP, COMPREHENSION -> true;
      case CALL -> makes(expression.call());
      default -> false;
    };
  }

  private static boolean makes(CelExpr.CelCall call) {
    return switch (call.function()) {
      case "_[_]", "_?_:_" -> false;
      case "_+_" -> !collects(call.args().getFirst());
      default -> true;
    };
  }

  /**
   * Collecting the results of a loop makes the list one longer each time; it is weighed at the end.
   */
  private static boolean collects(CelExpr first) {
    return first.getKind() == CelExpr.ExprKind.Kind.IDENT
        && (first.ident().name().startsWith("@") || first.ident().name().startsWith("__"));
  }

  private long weigh(Object value) {
    if (++weighed > MOST_WEIGHED) {
      throw tooHeavy();
    }
    if (value instanceof String s) {
      return 1L + s.length() / 16;
    }
    boolean list = value instanceof Collection;
    if (!list && !(value instanceof Map)) {
      return 1;
    }
    Long known = weights.get(value);
    if (known != null) {
      return known;
    }
    long weight = 1;
    Iterable<?> parts = list ? (Collection<?>) value : ((Map<?, ?>) value).values();
    for (Object part : parts) {
      weight += weigh(part);
      if (weight > HEAVIEST) {
        throw tooHeavy();
      }
    }
    weights.put(value, weight);
    return weight;
  }

  private static Exceeded tooHeavy() {
    return new Exceeded(
        "the expression makes values of more than %d parts; do large work in a job"
            .formatted(HEAVIEST));
  }
}
