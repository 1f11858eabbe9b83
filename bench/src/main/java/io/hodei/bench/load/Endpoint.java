package io.hodei.bench.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A node, and as whom it is asked.
 *
 * @param headers the last ones of every request, with the empty line behind them
 * @param patience how long an answer may take
 */
public record Endpoint(InetSocketAddress address, byte[] headers, Duration patience) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  public Endpoint(URI node, String token) {
    this(
        new InetSocketAddress(node.getHost(), node.getPort()),
        "Host: %s:%d\r\nAuthorization: Bearer %s\r\nAccept: application/json\r\n\r\n"
            .formatted(node.getHost(), node.getPort(), token)
            .getBytes(StandardCharsets.ISO_8859_1),
        PATIENCE);
  }

  Endpoint withPatience(Duration other) {
    return new Endpoint(address, headers, other);
  }
}
