package io.hodei.bench.micro;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobSpec;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jol.info.GraphLayout;

/** What a job takes in the heap, by JOL. */
public final class Memory {
  private static final int JOBS = 1_000;

  private Memory() {}

  /** Bytes per job when each has a spec of its own. */
  public static double ownSpec() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(Samples.job(i, Samples.spec()));
    }
    return perJob(jobs);
  }

  /** Bytes per job when all have the same spec. */
  public static double sharedSpec() {
    JobSpec spec = Samples.spec();
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(Samples.job(i, spec));
    }
    return perJob(jobs);
  }

  private static double perJob(List<Job> jobs) {
    // Without it JOL cannot see the fields of records.
    System.setProperty("jol.magicFieldOffset", "true");
    return (double) GraphLayout.parseInstance(jobs.toArray()).totalSize() / jobs.size();
  }
}
