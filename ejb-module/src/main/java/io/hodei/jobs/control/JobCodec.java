package io.hodei.jobs.control;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.Priority;
import io.hodei.platform.FlatJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A job as bytes for the grid: a format number, then its parts in a fixed order. Reading what is
 * not one fails.
 */
public final class JobCodec {
  private static final int FORMAT = 2;
  private static final long NONE = Long.MIN_VALUE;
  private static final int MOST_TEXT = 1 << 20;

  private JobCodec() {}

  public static byte[] write(Job job) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(job.id());
      out.writeLong(job.tenantId());
      text(out, job.name());
      text(out, job.state().name());
      text(out, job.pool());
      text(out, FlatJson.write(job.requires()));
      out.writeByte(job.priority().code());
      text(out, FlatJson.write(job.labels()));
      text(out, SpecDocument.write(job.spec()));
      out.writeInt(job.epoch());
      out.writeInt(job.failures());
      out.writeInt(job.losses());
      out.writeInt(job.version());
      for (Instant time :
          new Instant[] {
            job.availableAt(),
            job.createdAt(),
            job.queuedAt(),
            job.startedAt(),
            job.completedAt(),
            job.cancelRequestedAt()
          }) {
        out.writeLong(time == null ? NONE : ChronoUnit.MICROS.between(Instant.EPOCH, time));
      }
      number(out, job.agentId());
      text(out, job.agentName());
      number(out, job.exitCode() == null ? null : job.exitCode().longValue());
      number(out, job.signal() == null ? null : job.signal().longValue());
      text(out, job.reason());
      text(out, job.result());
      number(out, job.retryOf());
      number(out, job.replayedAs());
      number(out, job.runId());
      text(out, job.step());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static Job read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORMAT) {
        throw new IOException("another format");
      }
      return new Job(
          in.readLong(),
          in.readLong(),
          someText(in),
          JobState.valueOf(someText(in)),
          someText(in),
          FlatJson.read(someText(in)),
          Priority.ofCode(in.readByte()),
          FlatJson.read(someText(in)),
          SpecDocument.read(someText(in)),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          someTime(in),
          someTime(in),
          time(in),
          time(in),
          time(in),
          time(in),
          number(in),
          text(in),
          integer(in),
          integer(in),
          text(in),
          text(in),
          number(in),
          number(in),
          number(in),
          text(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void text(DataOutputStream out, @Nullable String value) throws IOException {
    if (value == null) {
      out.writeInt(-1);
      return;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length > MOST_TEXT) {
      throw new IOException("a text of " + length + " bytes");
    }
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String someText(DataInputStream in) throws IOException {
    String value = text(in);
    if (value == null) {
      throw new IOException("a text is missing");
    }
    return value;
  }

  private static void number(DataOutputStream out, @Nullable Long value) throws IOException {
    out.writeLong(value == null ? NONE : value);
  }

  private static @Nullable Long number(DataInputStream in) throws IOException {
    long value = in.readLong();
    return value == NONE ? null : value;
  }

  private static @Nullable Integer integer(DataInputStream in) throws IOException {
    Long value = number(in);
    return value == null ? null : value.intValue();
  }

  private static @Nullable Instant time(DataInputStream in) throws IOException {
    Long micros = number(in);
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static Instant someTime(DataInputStream in) throws IOException {
    Instant value = time(in);
    if (value == null) {
      throw new IOException("a time is missing");
    }
    return value;
  }
}
