package io.hodei.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import io.hodei.bench.micro.Samples;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * Point reads of settled jobs inside a node; a write forgets a job and the next read loads it
 * again.
 */
@State(Scope.Benchmark)
public class CachedReads {
  private static final int JOBS = 10_000;
  private static final long TENANT = 1;
  private final JobSpec spec = Samples.spec();

  private final VersionedCache<Job> cache =
      new VersionedCache<>(
          new CacheShape<>(
              "job",
              Job::tenantId,
              Job::id,
              Job::version,
              Job::isSettled,
              job -> new byte[0],
              bytes -> {
                throw new IllegalStateException("There is no grid here.");
              }),
          new NoGrid(),
          new byte[32],
          new CacheBounds(JOBS * 2, Duration.ofMinutes(10)),
          Ticker.systemTicker());

  @Setup
  public void fill() {
    for (int id = 0; id < JOBS; id++) {
      cache.get(TENANT, id, this::load);
    }
  }

  @Benchmark
  @Threads(2)
  public Optional<Job> local() {
    return read();
  }

  @Benchmark
  @Group("mixed")
  @GroupThreads(64)
  public Optional<Job> reads() {
    return read();
  }

  @Benchmark
  @Group("mixed")
  @GroupThreads(8)
  public void writes() {
    cache.invalidate(ThreadLocalRandom.current().nextInt(JOBS));
  }

  private Optional<Job> read() {
    return cache.get(TENANT, ThreadLocalRandom.current().nextInt(JOBS), this::load);
  }

  private List<Job> load(long[] ids) {
    return List.of(Samples.job(ids[0], spec));
  }

  private record NoGrid() implements SharedCopies {
    @Override
    public Map<String, byte[]> get(Collection<String> keys) {
      return Map.of();
    }

    @Override
    public void put(String key, byte[] copy) {
      // Nobody keeps it.
    }

    @Override
    public void remove(Collection<String> keys) {
      // Nobody has it.
    }
  }
}
