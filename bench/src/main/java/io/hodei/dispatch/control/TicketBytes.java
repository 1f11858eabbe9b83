package io.hodei.dispatch.control;

import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Tickets as they travel in the grid; an operation is one ticket. */
@State(Scope.Thread)
public class TicketBytes {
  private final long[] ids = LongStream.range(0, TicketCodec.MOST).toArray();
  private final byte[] packed = TicketCodec.pack(ids);

  @Benchmark
  @OperationsPerInvocation(TicketCodec.MOST)
  public byte[] pack() {
    return TicketCodec.pack(ids);
  }

  @Benchmark
  @OperationsPerInvocation(TicketCodec.MOST)
  public long[] unpack() {
    return TicketCodec.unpack(packed);
  }
}
