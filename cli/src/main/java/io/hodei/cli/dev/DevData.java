package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a cluster's directory. */
final class DevData {
  private static final String CONTEXT = "context.json";
  private static final List<String> KEPT = List.of("lock", "launcher.pid");

  private DevData() {}

  /** Everything but the lock that we hold. */
  static void delete(Path directory) {
    list(directory).stream()
        .filter(file -> !KEPT.contains(file.getFileName().toString()))
        .forEach(Trees::delete);
  }

  /** The logs of this start stand alone; those of the one before stay as {@code .1}. */
  static void startNewLogs(Path directory) {
    list(directory).stream()
        .filter(file -> file.getFileName().toString().endsWith(".log"))
        .forEach(DevData::setAside);
  }

  static void saveContext(Path directory, List<URI> urls, Path tokenFile) {
    String list = urls.stream().map(url -> "\"" + url + "\"").collect(Collectors.joining(", "));
    String text =
        """
        {
          "urls": [%s],
          "tokenFile": "%s"
        }
        """
            .formatted(list, tokenFile.toString().replace("\\", "\\\\").replace("\"", "\\\""));
    Secrets.writePrivate(directory.resolve(CONTEXT), text);
  }

  static void deleteContext(Path directory) {
    Trees.delete(directory.resolve(CONTEXT));
  }

  /** One sentence with the URLs of a running cluster, or nothing. */
  static String describeContext(Path directory) {
    Path file = directory.resolve(CONTEXT);
    if (!Files.exists(file)) {
      return "";
    }
    try {
      return Files.readString(file)
          .lines()
          .filter(line -> line.contains("\"urls\""))
          .map(line -> " It answers at " + line.replaceAll("[^\\[]*\\[|\\].*|\"", "") + ".")
          .collect(Collectors.joining());
    } catch (IOException e) {
      return "";
    }
  }

  private static void setAside(Path log) {
    try {
      Files.move(
          log,
          log.resolveSibling(log.getFileName() + ".1"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
