package io.hodei.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Notices that the host went down while the spool was open. Appends are not forced to the platter,
 * so frames that a node has already seen may be missing then, and their numbers must not be used
 * again. A file names the boot in which the spool was opened; it is removed when it is closed well.
 */
final class HostLife {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path mark;
  private final String boot;

  HostLife(Path directory) throws IOException {
    this(directory, Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).trim() : "");
  }

  HostLife(Path directory, String boot) {
    this.mark = directory.resolve("open-since-boot");
    this.boot = boot;
  }

  /** Whether the spool was open when the host went down; from here on it is open in this boot. */
  boolean interrupted() throws IOException {
    boolean interrupted = Files.exists(mark) && !Files.readString(mark).equals(boot);
    Files.writeString(mark, boot);
    return interrupted;
  }

  void closed() throws IOException {
    Files.deleteIfExists(mark);
  }
}
