package io.hodei.bench.micro;

import io.hodei.agent.logs.LogPump;
import io.hodei.agent.logs.LogTotals;
import io.hodei.agent.logs.LogWriter;
import io.hodei.agent.spool.AttemptId;
import io.hodei.agent.spool.Session;
import io.hodei.agent.spool.Spool;
import io.hodei.protocol.hwp.LogStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Lines of 100 bytes from a stream through the pump's buffer into the spool on disk. */
@State(Scope.Thread)
public class AgentLog {
  private static final int LINES = 50_000;
  private static final long LIMIT = 1L << 30;
  private final byte[] output =
      ("x".repeat(99) + "\n").repeat(LINES).getBytes(StandardCharsets.US_ASCII);
  private final AttemptId id = new AttemptId(1, 1);
  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init") // JMH calls open() first.
  private Spool spool;

  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("hodei-bench-spool");
    spool = new Spool(directory, LIMIT);
  }

  /** Not measured: makes room again. */
  @Setup(Level.Invocation)
  public void empty() throws IOException, InterruptedException {
    spool.begin(Session.NONE);
    spool.hold(id);
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public long lines() {
    LogTotals totals = new LogTotals();
    new LogPump(
            new ByteArrayInputStream(output),
            LogStream.STDOUT,
            new LogWriter(id, spool),
            totals,
            Long.MAX_VALUE)
        .run();
    return totals.lines();
  }

  @TearDown
  public void close() throws IOException {
    spool.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
