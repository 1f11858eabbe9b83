package io.hodei.bench.micro;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.Spec;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A job on its way to an agent: as the protocol's message, and the same as JSON. */
@State(Scope.Thread)
public class JobWire {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private final ObjectMapper mapper = new ObjectMapper();
  private final JobSpec spec = Samples.spec();
  private final Assignment message =
      Assignment.newBuilder()
          .setJobId(123_456_789_012_345L)
          .setEpoch(1)
          .setAttempt(1)
          .setLogLimitBytes(spec.logLimitBytes())
          .setSpec(
              Spec.newBuilder()
                  .setExecutor(spec.executor())
                  .addAllCommand(spec.command())
                  .putAllEnvironment(spec.environment())
                  .setKillGraceMillis(spec.killGrace().toMillis()))
          .build();
  private final Map<String, Object> tree =
      Map.of(
          "jobId",
          123_456_789_012_345L,
          "epoch",
          1,
          "attempt",
          1,
          "logLimitBytes",
          spec.logLimitBytes(),
          "spec",
          Map.of(
              "executor", spec.executor(),
              "command", spec.command(),
              "environment", spec.environment(),
              "killGraceMillis", spec.killGrace().toMillis()));
  private final byte[] binary = message.toByteArray();
  private final byte[] json = write();

  public int protobufBytes() {
    return binary.length;
  }

  public int jsonBytes() {
    return json.length;
  }

  @Benchmark
  public byte[] protobufWrite() {
    // A fresh message: a built one remembers its size.
    return Assignment.newBuilder(message).setEpoch(2).build().toByteArray();
  }

  @Benchmark
  public Assignment protobufRead() throws InvalidProtocolBufferException {
    return Assignment.parseFrom(binary);
  }

  @Benchmark
  public byte[] jsonWrite() {
    return write();
  }

  @Benchmark
  public Map<String, Object> jsonRead() throws IOException {
    return mapper.readValue(json, MAP);
  }

  private byte[] write() {
    try {
      return mapper.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
