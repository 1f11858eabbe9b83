package io.hodei.agent.work;

import com.google.protobuf.ByteString;
import io.hodei.agent.spool.AttemptId;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The directory of one attempt: its working directory, exit status and result. */
final class AttemptFiles {
  static final int MAX_RESULT_BYTES = 64 << 10;
  private static final System.Logger LOG = System.getLogger(AttemptFiles.class.getName());

  private final Path root;

  AttemptFiles(Path attempts, AttemptId id) {
    this.root = attempts.resolve(Long.toUnsignedString(id.job()) + "-" + id.epoch());
  }

  void create() throws IOException {
    delete();
    Files.createDirectories(work());
  }

  Path work() {
    return root.resolve("work");
  }

  Path status() {
    return root.resolve("status");
  }

  Path result() {
    return root.resolve("result");
  }

  /**
   * @return empty when the job wrote none, or more than 64 KiB
   */
  ByteString readResult() {
    if (!Files.isRegularFile(result())) {
      return ByteString.EMPTY;
    }
    try (InputStream in = Files.newInputStream(result())) {
      byte[] bytes = in.readNBytes(MAX_RESULT_BYTES + 1);
      return bytes.length > MAX_RESULT_BYTES ? ByteString.EMPTY : ByteString.copyFrom(bytes);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "result file {0} cannot be read: {1}", result(), e.getMessage());
      return ByteString.EMPTY;
    }
  }

  void delete() {
    deleteTree(root);
  }

  /** Deletes without following links; what cannot be deleted is left and logged. */
  static void deleteTree(Path root) {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(root, new Deleter());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} could not be deleted: {1}", root, e);
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
