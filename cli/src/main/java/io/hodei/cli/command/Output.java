package io.hodei.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and standard error as bytes: UTF-8, whatever the locale, and a reader that went
 * away ends the program quietly.
 */
final class Output {
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
  private static final FileOutputStream ERROR = new FileOutputStream(FileDescriptor.err);

  private Output() {}

  /** Data. */
  static void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(byte[] bytes) {
    write(OUT, bytes);
  }

  static void writeError(byte[] bytes) {
    write(ERROR, bytes);
  }

  /** A sentence for the person, never for a program. */
  static void say(String sentence) {
    writeError((sentence + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(FileOutputStream stream, byte[] bytes) {
    try {
      stream.write(bytes);
    } catch (IOException readerIsGone) {
      // What `head` does to every program before it: 128 + SIGPIPE.
      Runtime.getRuntime().halt(141);
    }
  }
}
