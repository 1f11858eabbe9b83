package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports that this launcher gives to its nodes. A node listens only seconds after its port was
 * chosen; until then the claim keeps other launchers of the user from choosing the same.
 */
final class PortClaims implements AutoCloseable {
  private final Path directory;
  private final List<FileChannel> claims = new ArrayList<>();

  PortClaims(Path directory) {
    this.directory = directory;
  }

  /** Whether the port is this launcher's from now on. */
  synchronized boolean take(int port) {
    try {
      Path file = Trees.createPrivate(directory).resolve(port + ".lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel)) {
        claims.add(channel);
        return true;
      }
      channel.close();
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not claim port " + port, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisJvm) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    for (FileChannel claim : claims) {
      try {
        claim.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    claims.clear();
  }
}
