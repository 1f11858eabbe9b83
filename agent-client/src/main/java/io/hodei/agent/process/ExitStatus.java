package io.hodei.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the command ended, as the first process of its tree wrote it down.
 *
 * @param signal 0 when it exited
 * @param cpuMicros CPU time of all its processes that were waited for; -1 when unknown
 * @param witnessed false when the first process was killed and wrote nothing
 */
public record ExitStatus(int code, int signal, long cpuMicros, boolean witnessed) {
  private static final int SHELL_SIGNAL = 128;
  private static final int SIGNAL_BITS = 0x7f;
  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.,]+)s\\s+(\\d+)m([\\d.,]+)s");

  /**
   * @param exitValue what the operating system said of the outermost process
   * @param exact whether the file tells a signal from an exit code
   */
  static ExitStatus read(Path file, int exitValue, boolean exact) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      lines = List.of();
    }
    int codeLine = lines.size() - 3; // then the two lines of `times`
    if (codeLine < 0 || !lines.get(codeLine).matches("\\d{1,3}")) {
      return killed(exitValue);
    }
    int code = Integer.parseInt(lines.get(codeLine));
    long cpu = micros(lines.getLast());
    if (exact) {
      return codeLine == 0
          ? new ExitStatus(code, 0, cpu, true)
          : new ExitStatus(0, code & SIGNAL_BITS, cpu, true);
    }
    return code > SHELL_SIGNAL && code <= SHELL_SIGNAL + 64
        ? new ExitStatus(0, code - SHELL_SIGNAL, cpu, true)
        : new ExitStatus(code, 0, cpu, true);
  }

  private static ExitStatus killed(int exitValue) {
    return exitValue > SHELL_SIGNAL
        ? new ExitStatus(0, exitValue - SHELL_SIGNAL, -1, false)
        : new ExitStatus(exitValue, 0, -1, false);
  }

  private static long micros(String times) {
    Matcher matcher = TIME.matcher(times);
    if (!matcher.matches()) {
      return -1;
    }
    return micros(matcher.group(1), matcher.group(2)) + micros(matcher.group(3), matcher.group(4));
  }

  private static long micros(String minutes, String seconds) {
    double whole = Long.parseLong(minutes) * 60 + Double.parseDouble(seconds.replace(',', '.'));
    return Math.round(whole * 1_000_000);
  }
}
