package io.hodei.bench.load;

import java.time.Duration;
import java.util.List;

/**
 * A schedule of virtual users: each stage goes in a straight line from the users before it to its
 * own.
 */
public record Stages(List<Stage> stages) {
  /**
   * @param users when the stage ends
   */
  public record Stage(Duration length, int users) {}

  /** 2 min → 100, 5 min 100, 2 min → 200, 5 min 200, 1 min → 0; every length times the scale. */
  public static Stages usual(double scale) {
    return new Stages(
        List.of(
            stage(2, scale, 100),
            stage(5, scale, 100),
            stage(2, scale, 200),
            stage(5, scale, 200),
            stage(1, scale, 0)));
  }

  public Duration length() {
    return stages.stream().map(Stage::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** How many users there are after that time; none after the end. */
  public int usersAt(Duration time) {
    Duration began = Duration.ZERO;
    int before = 0;
    for (Stage stage : stages) {
      Duration ends = began.plus(stage.length());
      if (time.compareTo(ends) < 0) {
        double share = (double) time.minus(began).toNanos() / stage.length().toNanos();
        return (int) Math.round(before + (stage.users() - before) * share);
      }
      began = ends;
      before = stage.users();
    }
    return 0;
  }

  private static Stage stage(int minutes, double scale, int users) {
    return new Stage(Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000 * scale))), users);
  }
}
