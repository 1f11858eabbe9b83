package io.hodei.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bearer token, or the file it is read from. Its text never shows in a message. */
public final class Token {
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
   * @throws IOException when the file cannot be read
   */
  public String read() throws IOException {
    return file.isEmpty() ? value : Files.readString(Path.of(file)).trim();
  }

  @Override
  public String toString() {
    return "Token[hidden]";
  }
}
