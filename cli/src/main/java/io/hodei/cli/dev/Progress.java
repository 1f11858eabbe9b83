package io.hodei.cli.dev;

import java.time.Duration;

/** Told what the cluster is doing, phase by phase. */
public interface Progress {
  /** A phase such as {@code PostgreSQL} began. */
  void began(String phase);

  /** The phase ended well after this time; {@code detail} says where it is reached. */
  void ended(String phase, Duration took, String detail);

  /** Something the person in front of the screen should know. */
  void note(String message);

  /** Says nothing: for tests and benchmarks. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void began(String phase) {}

      @Override
      public void ended(String phase, Duration took, String detail) {}

      @Override
      public void note(String message) {}
    };
  }
}
