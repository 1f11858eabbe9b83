package io.hodei.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * HTTP clients by what an address needs. TLS with the certificates of the JVM takes 0.2 s to load,
 * a third of a start, so it waits for the first address that needs it. For one thread.
 */
final class Clients {
  private final HttpClient plain;
  private @Nullable HttpClient secure;

  /**
   * @param trust the certificates to trust instead of those of the JVM
   */
  Clients(Optional<Path> trust) throws IOException {
    this.plain = client(NoTls.context());
    if (trust.isPresent()) {
      this.secure = client(Trust.in(trust.get()));
    }
  }

  HttpClient of(URI address) {
    if ("ws".equals(address.getScheme())) {
      return plain;
    }
    if (secure == null) {
      secure = client(Trust.ofTheJvm());
    }
    return secure;
  }

  private static HttpClient client(SSLContext trust) {
    return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).sslContext(trust).build();
  }
}
