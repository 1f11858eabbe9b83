package io.hodei.agent.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segment files and the bytes on their way into the newest one. Its owner's lock guards it; a
 * failed write loses nothing: what was accepted stays in memory and is written later.
 */
final class Journal {
  private static final int BUFFER_BYTES = 1280 << 10;

  private final Path directory;
  private final long segmentBytes;
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private final ByteBuffer pending = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable Segment active;

  Journal(Path directory, long segmentBytes) throws IOException {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(directory)) {
      files.filter(file -> file.toString().endsWith(".seg")).forEach(this::load);
    }
  }

  private void load(Path file) {
    try {
      long id = Segment.idOf(file);
      segments.put(id, new Segment(directory, id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NavigableMap<Long, Segment> segments() {
    return segments;
  }

  Segment active() {
    if (active == null) {
      throw new IllegalStateException("The journal has not been started.");
    }
    return active;
  }

  /** Bytes on disk and on their way there. */
  long bytes() {
    long sum = pending.position();
    for (Segment segment : segments.values()) {
      sum += segment.flushed();
    }
    return sum;
  }

  /** Begins a new segment with a checkpoint. */
  void roll(Supplier<byte[]> checkpoint) throws IOException {
    flush();
    Map.Entry<Long, Segment> newest = segments.lastEntry();
    Segment segment = new Segment(directory, newest == null ? 1 : newest.getKey() + 1);
    segments.put(segment.id, segment);
    active = segment;
    put(RecordType.CHECKPOINT, checkpoint.get());
  }

  /**
   * Appends one record; it reaches the disk with the next {@link #flush}.
   *
   * @throws IOException when there is no room for it; nothing was appended then
   */
  void write(RecordType type, byte[] payload, Supplier<byte[]> checkpoint) throws IOException {
    int size = RecordReader.HEADER_BYTES + payload.length;
    if (active().flushed() + pending.position() + size > segmentBytes) {
      roll(checkpoint);
    }
    if (pending.remaining() < size) {
      flush();
    }
    put(type, payload);
  }

  private void put(RecordType type, byte[] payload) {
    pending.putInt(payload.length);
    pending.putInt(RecordReader.crc(type.code(), payload));
    pending.put(type.code());
    pending.put(payload);
  }

  void flush() throws IOException {
    if (pending.position() == 0) {
      return;
    }
    active().append(pending.duplicate().flip());
    pending.clear();
  }

  void delete(Segment segment) throws IOException {
    segments.remove(segment.id);
    segment.delete();
  }

  void deleteAll() throws IOException {
    pending.clear();
    long next = segments.isEmpty() ? 0 : segments.lastKey();
    for (Segment segment : segments.values().stream().toList()) {
      if (segment.id != next) {
        delete(segment);
      }
    }
  }

  void close() throws IOException {
    try {
      flush();
      if (active != null) {
        active.force();
      }
    } finally {
      for (Segment segment : segments.values()) {
        segment.close();
      }
    }
  }
}
