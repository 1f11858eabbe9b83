package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One launcher per data directory; the operating system frees it even after {@code kill -9}. */
final class DevLock implements AutoCloseable {
  private final FileChannel channel;

  private DevLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Empty when another launcher holds it. */
  static Optional<DevLock> take(Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      Files.writeString(directory.resolve("launcher.pid"), ProcessHandle.current().pid() + "\n");
      return Optional.of(new DevLock(channel));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not lock " + directory, e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  /** The launcher that holds the directory or held it last. */
  static Optional<ProcessHandle> launcher(Path directory) {
    try {
      return ProcessHandle.of(
          Long.parseLong(Files.readString(directory.resolve("launcher.pid")).strip()));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
