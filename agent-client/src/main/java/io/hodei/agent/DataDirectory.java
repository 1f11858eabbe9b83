package io.hodei.agent;

import io.hodei.agent.settings.InvalidSettingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The agent's directory, locked against a second agent, with the mark of its processes. */
final class DataDirectory implements Closeable {
  private static final int ID_BYTES = 8;

  private final Path root;
  private final FileChannel lockFile;

  DataDirectory(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root);
    root.toFile().setReadable(false, false);
    root.toFile().setReadable(true, true);
    this.lockFile =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock() == null) {
      lockFile.close();
      throw new InvalidSettingException(
          "Another agent uses the data directory " + root + ". Give each its own with --data.");
    }
  }

  Path spool() {
    return root.resolve("spool");
  }

  Path attempts() {
    return root.resolve("attempts");
  }

  /** The same in every life of this directory: names the processes of earlier lives, too. */
  String agentId() throws IOException {
    Path file = root.resolve("agent-id");
    if (!Files.exists(file)) {
      byte[] random = new byte[ID_BYTES];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).trim();
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private @Nullable FileLock lock() throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by another agent in this JVM
    }
  }
}
