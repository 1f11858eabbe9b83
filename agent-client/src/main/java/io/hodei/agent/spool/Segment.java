package io.hodei.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** One file of the journal. Written at its end by one thread at a time, read by any. */
final class Segment implements Closeable {
  final long id;
  final Set<AttemptId> chunksOf = new HashSet<>();
  long lastNumber;

  private final Path file;
  private final FileChannel channel;
  private volatile long flushed;

  Segment(Path directory, long id) throws IOException {
    this.id = id;
    this.file = directory.resolve(String.format("%016d.seg", id));
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.flushed = channel.size();
  }

  static long idOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(0, name.length() - ".seg".length()));
  }

  /** Bytes that are in the file for readers. */
  long flushed() {
    return flushed;
  }

  /** Appends what the buffer holds; after a failure nothing counts as appended. */
  void append(ByteBuffer bytes) throws IOException {
    long at = flushed;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    flushed = at;
  }

  int read(ByteBuffer into, long position) throws IOException {
    return channel.read(into, position);
  }

  /** What it holds belongs to a session that is over. */
  void forget() {
    lastNumber = 0;
    chunksOf.clear();
  }

  void force() throws IOException {
    channel.force(false);
  }

  void truncate(long size) throws IOException {
    channel.truncate(size);
    flushed = size;
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
