package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.context.Contexts;
import io.hodei.cli.context.Target;
import io.hodei.cli.context.TargetSearch;
import io.hodei.cli.dev.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which installation, and as whom. */
final class ServerOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Server, or several nodes of one installation with commas between.")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token; HODEI_TOKEN holds the token itself.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "A context from: hodei context ls")
  private @Nullable String context;

  Api api() {
    Target target = target();
    return new Api(target.urls(), target.token());
  }

  Target target() {
    return new TargetSearch(System.getenv(), Contexts.ofUser(), devDirectories())
        .find(url, token(), context);
  }

  private @Nullable String token() {
    if (tokenFile == null) {
      return null;
    }
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw Failure.usage(
          "The token file %s cannot be read: %s".formatted(tokenFile, e.getMessage()));
    }
  }

  /** That of the working directory, of its parents, of the repository. */
  static List<Path> devDirectories() {
    List<Path> directories = new ArrayList<>();
    for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      directories.add(at.resolve(".hodei").resolve("dev"));
    }
    directories.add(Home.devDirectory());
    return directories;
  }
}
