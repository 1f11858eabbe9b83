package io.hodei.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The bearer token, or the file it is read from. Its text never shows in a message. */
public final class Token {
  private static final Set<PosixFilePermission> OF_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final String value;
  private final String file;

  Token(String value, String file) {
    this.value = value;
    this.file = file;
  }

  /**
   * The token as it is now: a file is read each time, so that it can be replaced while the agent
   * runs.
   *
   * @throws IOException when the file cannot be read, or when others than its owner could
   */
  public String read() throws IOException {
    return file.isEmpty() ? value : read(Path.of(file));
  }

  private static String read(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")
        && !OF_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(
          "The token file %s can be used by others than its owner, so its token is not a secret. Make it private: chmod 600 %s. If others had access to it, take another token."
              .formatted(file, file));
    }
    return Files.readString(file).trim();
  }

  @Override
  public String toString() {
    return "Token[hidden]";
  }
}
