package io.hodei.external.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A token that somebody else keeps fresh in a file. */
final class FileTokens implements TokenProvider {
  private final Path file;

  FileTokens(Path file) {
    this.file = file;
  }

  @Override
  public String token() throws CallFailed {
    try {
      String token = Files.readString(file).strip();
      if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        return token;
      }
    } catch (IOException e) {
      // The sentence below says it.
    }
    throw new CallFailed(
        CallFailed.Kind.NOT_SENT,
        "The file of hodei.cloud-run.token-file has no token that this node can read.");
  }

  @Override
  public void refused() {
    // The file is read each time.
  }
}
