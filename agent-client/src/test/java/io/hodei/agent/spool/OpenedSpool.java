package io.hodei.agent.spool;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a spool in a process of its own and says how many attempts it found. */
final class OpenedSpool {
  private OpenedSpool() {}

  public static void main(String[] directory) throws IOException {
    try (Spool spool = new Spool(Path.of(directory[0]), 256L << 20)) {
      System.out.println(spool.recovered().size() + " attempts");
    }
  }
}
