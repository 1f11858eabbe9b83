package io.hodei.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** Reads /proc (proc(5)). A process that ends while it is read is left out. */
final class LinuxProcessTable implements ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final long MICROS_PER_TICK = 10_000; // USER_HZ is 100 on every Linux
  private static final long PAGE_BYTES = 4096;
  private static final int PARENT = 1;
  private static final int UTIME = 11;
  private static final int CSTIME = 14;
  private static final int STARTED = 19;
  private static final int RESIDENT = 21;

  static boolean available() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  @Override
  public List<ProcessEntry> snapshot() {
    List<ProcessEntry> entries = new ArrayList<>();
    each((directory, pid) -> addStat(entries, directory, pid));
    return entries;
  }

  @Override
  public Set<Long> carrying(String entry) {
    Set<Long> pids = new HashSet<>();
    String searched = '\0' + entry + '\0';
    each(
        (directory, pid) -> {
          try {
            String all = read(directory.resolve("environ"));
            if (('\0' + all + '\0').contains(searched)) {
              pids.add(pid);
            }
          } catch (IOException e) {
            // ended meanwhile, or another user's
          }
        });
    return pids;
  }

  private static void each(ObjLongConsumer<Path> visit) {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path directory : directories) {
        visit.accept(directory, Long.parseLong(String.valueOf(directory.getFileName())));
      }
    } catch (IOException e) {
      throw new IllegalStateException("/proc cannot be listed: " + e.getMessage(), e);
    }
  }

  private static void addStat(List<ProcessEntry> entries, Path directory, long pid) {
    try {
      String stat = read(directory.resolve("stat"));
      int nameEnd = stat.lastIndexOf(')');
      String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
      String[] fields = stat.substring(nameEnd + 2).split(" ");
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return;
      }
      long ticks = 0;
      for (int field = UTIME; field <= CSTIME; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      entries.add(
          new ProcessEntry(
              pid,
              Long.parseLong(fields[PARENT]),
              Long.parseLong(fields[STARTED]),
              name,
              ticks * MICROS_PER_TICK,
              Long.parseLong(fields[RESIDENT]) * PAGE_BYTES));
    } catch (IOException | StringIndexOutOfBoundsException e) {
      // ended meanwhile
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
