package io.hodei.bench.cluster;

import io.hodei.bench.report.Values;

/** What was spent since a moment, and what that is for each job. */
public final class Meter {
  private final Installation installation;
  private final Cpu cpu;
  private final double walBytes;
  private final double statements;
  private final long began = System.nanoTime();

  private Meter(Installation installation) {
    this.installation = installation;
    this.walBytes = installation.database().walBytes();
    this.statements = installation.database().statements();
    this.cpu = installation.cpu();
  }

  public static Meter start(Installation installation) {
    return new Meter(installation);
  }

  public double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Adds CPU by process, WAL and statements, each divided by the number of jobs. */
  public Values perJob(Values values, int jobs) {
    Cpu spent = installation.cpu().since(cpu);
    double wal = installation.database().walBytes() - walBytes;
    double asked = installation.database().statements() - statements;
    values.put("cpuPostgresMicrosPerJob", spent.postgres() / 1e3 / jobs, "µs");
    if (installation.topology().nodes() > 0) {
      values
          .put("cpuNodeMicrosPerJob", spent.node() / 1e3 / jobs, "µs")
          .put("cpuAgentMicrosPerJob", spent.agent() / 1e3 / jobs, "µs");
    }
    return values
        .put("cpuBenchMicrosPerJob", spent.generator() / 1e3 / jobs, "µs")
        .put("walBytesPerJob", wal / jobs, "B")
        .put("statementsPerJob", asked / jobs, "statements");
  }
}
