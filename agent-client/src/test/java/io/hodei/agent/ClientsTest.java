package io.hodei.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final URI SECURE = URI.create("wss://localhost");
  private static final URI PLAIN = URI.create("ws://localhost");

  @TempDir Path directory;

  @Test
  void a_plain_address_is_reached_without_anything_of_tls() throws Exception {
    HttpServer server = HttpServer.create(anyPort(), 0);

    assertThat(get(server, new Clients(Optional.empty()).of(PLAIN), "http")).isEqualTo("here");
  }

  @Test
  void a_certificate_of_the_file_is_trusted() throws Exception {
    KeyStore store = ownCertificate();
    HttpServer server = secureServer(store);
    Path pem = directory.resolve("trust.pem");
    Files.writeString(pem, pem(store));

    assertThat(get(server, new Clients(Optional.of(pem)).of(SECURE), "https")).isEqualTo("here");
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
    HttpServer server = secureServer(ownCertificate());

    assertThatThrownBy(() -> get(server, new Clients(Optional.empty()).of(SECURE), "https"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void the_client_of_plain_addresses_makes_no_secure_connection() throws Exception {
    HttpServer server = secureServer(ownCertificate());

    assertThatThrownBy(() -> get(server, new Clients(Optional.empty()).of(PLAIN), "https"))
        .rootCause()
        .hasMessageContaining("plain addresses");
  }

  private static String get(HttpServer server, HttpClient client, String scheme) throws Exception {
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "here".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI uri = URI.create(scheme + "://localhost:" + server.getAddress().getPort() + "/");
    try {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer secureServer(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }

  private static InetSocketAddress anyPort() throws IOException {
    return new InetSocketAddress(InetAddress.getByName("localhost"), 0);
  }

  /** A certificate for localhost that signs itself, made by the JDK's keytool. */
  private KeyStore ownCertificate() throws Exception {
    Path file = directory.resolve("server.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "server",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString());
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD);
    return store;
  }

  private static String pem(KeyStore store) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(store.getCertificate("server").getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
