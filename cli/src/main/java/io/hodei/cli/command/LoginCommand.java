package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.context.Contexts;
import io.hodei.cli.context.Urls;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a server's URL and a token that works there. */
@Command(
    name = "login",
    description =
        "Check a token with a server, keep both as a context (mode 0600) and use it from now on.",
    footer = {
      "",
      "Examples:",
      "  hodei login https://hodei.example.com",
      "  hodei login localhost:8080 --token-file admin.token --context test"
    })
final class LoginCommand implements Callable<Integer> {
  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token (default: asked for, or read from standard input).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Name to keep it under (default: the host).")
  private @Nullable String context;

  @Parameters(
      paramLabel = "URL",
      description = "Server, or several nodes of one installation with commas between.")
  private String url = "";

  @Override
  public Integer call() {
    List<URI> urls = Urls.parseAll(url);
    if (urls.isEmpty()) {
      throw Failure.usage("A URL is needed: hodei login https://host");
    }
    String token = token();
    Json me = new Api(urls, token).get("/api/v1/me");
    String name = context == null ? urls.getFirst().getHost() : context;
    Contexts contexts = Contexts.ofUser();
    contexts.put(name, urls, token);
    contexts.use(name);
    Output.say(
        "Logged in to %s as %s of tenant %s; context %s is in use."
            .formatted(
                urls.getFirst(),
                Plain.of(me.string("role")),
                Plain.of(me.string("tenant.name")),
                name));
    return ExitCode.OK;
  }

  private String token() {
    String token = read().strip();
    if (!token.matches("[\\x21-\\x7e]{8,512}")) {
      throw Failure.usage("That is not a token; one begins with hod_ (hodei login --help)");
    }
    return token;
  }

  @SuppressWarnings("SystemConsoleNull") // It is null on JDK 21, which we support.
  private String read() {
    try {
      if (tokenFile != null) {
        return Files.readString(tokenFile);
      }
      Console console = System.console();
      if (Terminal.inputIsTerminal() && console != null) {
        char[] typed = console.readPassword("Token: ");
        return typed == null ? "" : new String(typed);
      }
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.usage("The token cannot be read: " + e.getMessage());
    }
  }
}
