package io.hodei.bench.load;

import io.hodei.bench.BenchException;
import java.nio.charset.StandardCharsets;

/** What the server said to one request. */
public record Answer(int status, byte[] body) {
  private static final int SHOWN = 300;

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** This answer; refuses when the status is another one: a figure of refusals is no figure. */
  public Answer expect(int wanted) {
    if (status == wanted) {
      return this;
    }
    String said = text();
    throw new BenchException(
        "The server answered %d instead of %d: %s"
            .formatted(status, wanted, said.substring(0, Math.min(said.length(), SHOWN))));
  }
}
