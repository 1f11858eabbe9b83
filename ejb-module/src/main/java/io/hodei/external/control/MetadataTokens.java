package io.hodei.external.control;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonRefused;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tokens of the service account of the host, from the metadata server of Google Cloud. */
final class MetadataTokens implements TokenProvider {
  static final URI SERVER =
      URI.create(
          "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A token is not used in its last minute, so that none ends on its way. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final HttpCalls calls;
  private final URI server;
  private final LongSupplier nanoTime;
  private String token = "";
  private long validUntil;

  MetadataTokens(HttpCalls calls, URI server, LongSupplier nanoTime) {
    this.calls = calls;
    this.server = server;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized String token() throws CallFailed {
    if (!token.isEmpty() && nanoTime.getAsLong() - validUntil < 0) {
      return token;
    }
    long asked = nanoTime.getAsLong();
    Answer answer =
        calls.send(
            new Call(
                "metadata-token",
                "GET",
                server,
                Map.of("Metadata-Flavor", "Google"),
                null,
                TIMEOUT,
                false));
    if (answer.status() == 200 && read(answer) instanceof Json.Obj body) {
      Json given = body.members().get("access_token");
      Json expires = body.members().get("expires_in");
      if (given instanceof Json.Text text && expires instanceof Json.Num seconds) {
        token = text.value();
        validUntil =
            asked
                + Duration.ofSeconds(
                        Math.clamp((long) Double.parseDouble(seconds.literal()), 0, 86_400))
                    .minus(REST)
                    .toNanos();
        return token;
      }
    }
    throw new CallFailed(
        CallFailed.Kind.NOT_SENT,
        "The metadata server gave no access token (it answered %d). Does the host have a service account?"
            .formatted(answer.status()));
  }

  @Override
  public synchronized void refused() {
    token = "";
  }

  private static Json read(Answer answer) {
    try {
      return JsonReader.read(answer.body());
    } catch (JsonRefused e) {
      return Json.Null.INSTANCE;
    }
  }
}
