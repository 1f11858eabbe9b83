package io.hodei.bench.suite;

/** Figures that are measured together. */
public interface Suite {
  /** What stands on the command line. */
  String name();

  /** One line for the help. */
  String what();

  void run(Run run);
}
