package io.hodei.bench.suite;

import io.hodei.bench.cluster.Topology;
import java.util.List;

/** Figures that are measured together. */
public interface Suite {
  /** What stands on the command line. */
  String name();

  /** One line for the help. */
  String what();

  /** On what it runs; once on each. */
  default List<Topology> topologies() {
    return List.of(Topology.SINGLE);
  }

  /** Measures on the topology that is running. */
  void run(Run run);
}
