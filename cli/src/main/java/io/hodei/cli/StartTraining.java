package io.hodei.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hodei.cli.command.HodeiCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs typical commands once against itself, while the JVM records its start cache; what they print
 * is thrown away by the caller.
 */
final class StartTraining {
  private static final String JOB = "0C7X2M9QK4T1B";
  private static final String RESOURCE =
      "{\"id\":\"%s\",\"name\":\"echo\",\"state\":\"SUCCEEDED\",\"exitCode\":0,\"version\":3}"
          .formatted(JOB);
  private static final String EVENTS =
      """
      id: 1-1
      event: log
      data: {"attempt":1,"sequence":1,"stream":"stdout","offset":0,"text":"x"}

      event: end
      data: {}

      """;

  private StartTraining() {}

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", StartTraining::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      for (List<String> command : commands(url)) {
        String[] words = Hodei.listing(command.toArray(String[]::new));
        HodeiCommand.forArguments(words).execute(words);
      }
    } finally {
      server.stop(0);
    }
    System.exit(0);
  }

  private static List<List<String>> commands(String url) {
    return List.of(
        List.of("run", "--url", url, "echo", "x"),
        List.of("jobs", "ls", "--url", url),
        List.of("jobs", "get", "--url", url, "-o", "json", JOB),
        List.of("jobs", "get", "--url", url, "-o", "yaml", JOB),
        List.of("logs", "--url", url, JOB),
        List.of("agents", "ls", "--url", url),
        List.of("whoami", "--url", url),
        List.of("jobs", "get", "not an id", "--url", url),
        List.of("version"),
        List.of("--help"));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean list = path.endsWith("/jobs") && exchange.getRequestMethod().equals("GET");
    String body =
        path.endsWith("/tail") ? EVENTS : list ? "{\"items\":[" + RESOURCE + "]}" : RESOURCE;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
