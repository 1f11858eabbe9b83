package io.hodei.cli.context;

import io.hodei.cli.client.Failure;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Addresses as people write them. */
public final class Urls {
  private Urls() {}

  /** One URL, or several of one installation with commas between. */
  public static List<URI> parseAll(String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(url -> !url.isEmpty())
        .map(Urls::parse)
        .toList();
  }

  /** A URL with scheme; {@code host:port} means http on this machine and https elsewhere. */
  public static URI parse(String text) {
    String url = text.contains("://") ? text : (isLocal(text) ? "http://" : "https://") + text;
    try {
      URI parsed = URI.create(url.replaceAll("/+$", ""));
      boolean usable =
          parsed.getHost() != null
              && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()));
      if (usable) {
        return parsed;
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below, the same way as a URL of another kind.
    }
    throw Failure.usage(
        "%s is not a URL of a server\n  do: write it as https://host:port".formatted(text));
  }

  private static boolean isLocal(String text) {
    return text.startsWith("localhost") || text.startsWith("127.");
  }
}
