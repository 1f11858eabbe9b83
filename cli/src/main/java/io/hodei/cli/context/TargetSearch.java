package io.hodei.cli.context;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which installation a command speaks to: flags, then HODEI_URL and HODEI_TOKEN, then the
 * current context, then the cluster of this directory or one above it.
 */
public final class TargetSearch {
  private final Map<String, String> environment;
  private final Contexts contexts;
  private final List<Path> devDirectories;

  /**
   * {@code devDirectories}: where a cluster of {@code hodei dev} may have written its context, the
   * nearest first.
   */
  public TargetSearch(
      Map<String, String> environment, Contexts contexts, List<Path> devDirectories) {
    this.environment = Map.copyOf(environment);
    this.contexts = contexts;
    this.devDirectories = List.copyOf(devDirectories);
  }

  /**
   * Flags may each be missing; a token of a flag or the environment goes with any URL that is
   * found.
   */
  public Target find(@Nullable String url, @Nullable String token, @Nullable String context) {
    Target found = located(url, context);
    String chosen = token != null ? token : environment.get("HODEI_TOKEN");
    return chosen == null || chosen.isBlank()
        ? found
        : new Target(found.urls(), chosen.strip(), found.source());
  }

  private Target located(@Nullable String url, @Nullable String context) {
    if (url != null) {
      return withKnownToken(Urls.parseAll(url), "--url");
    }
    if (context != null) {
      return named(context);
    }
    String fromEnvironment = environment.getOrDefault("HODEI_URL", "");
    if (!fromEnvironment.isBlank()) {
      return withKnownToken(Urls.parseAll(fromEnvironment), "HODEI_URL");
    }
    String current = contexts.current();
    return current.isEmpty()
        ? development().orElseThrow(TargetSearch::nothingFound)
        : named(current);
  }

  /**
   * A bare URL may be that of a context or cluster whose token we have; a token never goes to
   * another address.
   */
  private Target withKnownToken(List<URI> urls, String source) {
    for (String name : contexts.all().keySet()) {
      Target known = named(name);
      if (known.urls().containsAll(urls)) {
        return new Target(urls, known.token(), source);
      }
    }
    return development()
        .filter(known -> known.urls().containsAll(urls))
        .map(known -> new Target(urls, known.token(), source))
        .orElse(new Target(urls, null, source));
  }

  private Target named(String name) {
    return contexts
        .find(name)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.NOT_FOUND,
                    "There is no context %s\n  do: hodei context ls".formatted(name)));
  }

  private Optional<Target> development() {
    for (Path directory : devDirectories) {
      Path file = directory.resolve("context.json");
      if (Files.exists(file)) {
        try {
          return Optional.of(Contexts.target(Json.parse(Files.readString(file)), file.toString()));
        } catch (IOException e) {
          throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
      }
    }
    return Optional.empty();
  }

  private static Failure nothingFound() {
    return new Failure(
        ExitCode.USAGE,
        "There is no server to speak to\n  why: no --url, no HODEI_URL, no context, and no cluster runs in this directory\n  do: hodei dev (one on this machine) or hodei login URL");
  }
}
