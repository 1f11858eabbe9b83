package io.hodei.security.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner reads. */
public final class SecretFile {
  private SecretFile() {}

  /** A secret could not be written down; the message says what to change. */
  public static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Refused(String sentence, IOException cause) {
      super(sentence, cause);
    }
  }

  /** Writes a secret and a line feed. Readers see the old file or the whole new one. */
  public static void write(Path file, String secret) {
    Path target = file.toAbsolutePath();
    try {
      Path directory = target.getParent() == null ? target : target.getParent();
      Files.createDirectories(directory);
      Path draft = Files.createTempFile(directory, ".token", "", ownerOnly());
      try {
        Files.writeString(draft, secret + "\n", StandardCharsets.US_ASCII);
        Files.move(
            draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new Refused(
          ("The first administrator's token cannot be written to %s (%s). Make its directory writable for this process,"
                  + " or set hodei.bootstrap.token-file (and hodei.bootstrap.agent-token-file) to another place.")
              .formatted(target, e.getClass().getSimpleName()),
          e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
