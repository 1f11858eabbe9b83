package io.hodei.jobs.entity;

/**
 * How urgent a job is: the lane decides first, the level inside it second. Lanes share the
 * dispatcher by weight, so LOW never starves; inside a lane a higher level always goes first.
 *
 * @param level 0..9, 5 when nothing is said
 */
public record Priority(Lane lane, int level) {
  public static final Priority NORMAL = new Priority(Lane.NORMAL, 5);

  /** The lanes, the least urgent first. */
  public enum Lane {
    LOW,
    NORMAL,
    HIGH
  }

  public Priority {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("level must be 0..9");
    }
  }

  public static Priority ofCode(int code) {
    return new Priority(Lane.values()[code / 10], code % 10);
  }

  /** The form in the database: lane * 10 + level, 0..29. */
  public int code() {
    return lane.ordinal() * 10 + level;
  }
}
