package io.hodei.bench.micro;

import io.hodei.jobs.entity.JobState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whether one state may follow another. */
@State(Scope.Thread)
public class StateTable {
  private final JobState[] states = JobState.values();
  private int turn;

  @Benchmark
  public boolean canBecome() {
    turn++;
    return states[turn % states.length].canBecome(states[turn / states.length % states.length]);
  }
}
