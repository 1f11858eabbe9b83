package io.hodei.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JVM that runs the launcher runs the parts too; its options come from one file. */
final class JavaRuntime {
  private static final Pattern FROM_VERSION = Pattern.compile("^(\\d+)\\+:(.+)$");

  private JavaRuntime() {}

  static String executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static int feature() {
    return Runtime.version().feature();
  }

  /** One option a line, {@code #} comments, {@code 24+:-Xoption} only from that JDK on. */
  static List<String> options(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return options(Files.readAllLines(file), feature());
    } catch (IOException e) {
      throw new DevException("Could not read " + file + ": " + e.getMessage(), e);
    }
  }

  static List<String> options(List<String> lines, int feature) {
    List<String> options = new ArrayList<>();
    for (String raw : lines) {
      String line = raw.strip();
      Matcher conditional = FROM_VERSION.matcher(line);
      if (conditional.matches()) {
        if (feature >= Integer.parseInt(conditional.group(1))) {
          options.add(conditional.group(2).strip());
        }
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        options.add(line);
      }
    }
    return List.copyOf(options);
  }
}
