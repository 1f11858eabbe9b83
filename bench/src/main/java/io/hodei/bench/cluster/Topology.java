package io.hodei.bench.cluster;

/** What runs while a suite measures. */
public enum Topology {
  /** Nothing but the benchmark itself. */
  NOTHING(0, 0),
  /** PostgreSQL alone, for yardsticks that have it to themselves. */
  DATABASE(0, 0),
  SINGLE(1, 1),
  PAIR(2, 2);

  private final int nodes;
  private final int agents;

  Topology(int nodes, int agents) {
    this.nodes = nodes;
    this.agents = agents;
  }

  public int nodes() {
    return nodes;
  }

  public int agents() {
    return agents;
  }

  /** {@code 2 nodes, 2 agents}. */
  public String text() {
    return switch (this) {
      case NOTHING -> "no installation";
      case DATABASE -> "PostgreSQL alone";
      case SINGLE -> "1 node, 1 agent";
      case PAIR -> "2 nodes, 2 agents";
    };
  }
}
