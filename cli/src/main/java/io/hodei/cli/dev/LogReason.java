package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds in a log why a process gave up: one sentence instead of a page of stack frames. */
final class LogReason {
  private static final int TAIL_BYTES = 256 * 1024;
  private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");
  private static final Pattern HEADER = Pattern.compile("^(\\[[^\\]]*\\]\\s*)+");
  private static final List<Pattern> STRONGEST_FIRST =
      List.of(
          Pattern.compile("^\\s*Caused by: (?:\\w+\\.[\\w.$]+: )*(.+)$"),
          Pattern.compile("(?:FATAL|PANIC):\\s+(.+)$"),
          Pattern.compile("\\b(?:SEVERE|ERROR)\\b[\\]:]*\\s*(.+)$"),
          Pattern.compile("^(?:Exception in thread \"[^\"]*\" |Error: )(.+)$"),
          Pattern.compile("^(?:[\\w.$]+(?:Exception|Error): )(.+)$"));

  private LogReason() {}

  /** Where the log ends now; what comes behind belongs to the next start. */
  static long position(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The innermost cause that was logged last, or the last error line; empty when the log holds
   * none.
   */
  static Optional<String> find(Path log, long from) {
    List<String> lines = tail(log, from);
    for (Pattern pattern : STRONGEST_FIRST) {
      for (String line : lines.reversed()) {
        var matcher = pattern.matcher(line);
        if (matcher.find()) {
          return Optional.of(clean(matcher.group(1)));
        }
      }
    }
    return Optional.empty();
  }

  static boolean contains(Path log, long from, Pattern text) {
    return tail(log, from).stream().anyMatch(line -> text.matcher(line).find());
  }

  private static String clean(String text) {
    String plain = HEADER.matcher(text.strip()).replaceFirst("");
    return plain.length() > 400 ? plain.substring(0, 400) + "..." : plain;
  }

  private static List<String> tail(Path log, long from) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      long start = Math.max(from, channel.size() - TAIL_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - start));
      channel.position(start);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      return COLOUR.matcher(text).replaceAll("").lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
