package io.hodei.jobs.control;

import io.hodei.bench.micro.Samples;
import io.hodei.jobs.entity.Job;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A job as it lies in the grid. */
@State(Scope.Thread)
public class JobBytes {
  private final Job job = Samples.job(42, Samples.spec());
  private final byte[] bytes = JobCodec.write(job);

  public int size() {
    return bytes.length;
  }

  @Benchmark
  public byte[] write() {
    return JobCodec.write(job);
  }

  @Benchmark
  public Job read() {
    return JobCodec.read(bytes);
  }
}
