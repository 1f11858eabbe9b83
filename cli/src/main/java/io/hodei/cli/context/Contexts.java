package io.hodei.cli.context;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The installations that the user knows by name: one file with mode 0600. */
public final class Contexts {
  private final Path file;

  public Contexts(Path file) {
    this.file = file;
  }

  /** {@code ~/.config/hodei/contexts}, or below {@code XDG_CONFIG_HOME}. */
  public static Contexts ofUser() {
    String given = System.getenv("XDG_CONFIG_HOME");
    Path base =
        given == null || given.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(given);
    return new Contexts(base.resolve("hodei").resolve("contexts"));
  }

  public Path file() {
    return file;
  }

  /** By name, in the order they were added. */
  public Map<String, Json> all() {
    return read().at("contexts").members();
  }

  /** The name of the context in use; empty when none was chosen. */
  public String current() {
    return read().string("current");
  }

  public Optional<Target> find(String name) {
    return Optional.ofNullable(all().get(name)).map(context -> target(context, "context " + name));
  }

  /** Adds or replaces a context whose token lies in the file itself. */
  public void put(String name, List<URI> urls, String token) {
    save(name, urls, "token", token);
  }

  /** Adds or replaces a context whose token lies in another file. */
  public void putTokenFile(String name, List<URI> urls, Path tokenFile) {
    save(name, urls, "tokenFile", tokenFile.toString());
  }

  /** Chooses the context that commands use from now on. */
  public void use(String name) {
    Map<String, Json> all = all();
    if (!all.containsKey(name)) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "There is no context %s\n  known: %s\n  do: hodei login URL --context %s"
              .formatted(name, all.isEmpty() ? "none" : String.join(", ", all.keySet()), name));
    }
    write(name, all);
  }

  /** Reads a context document: {@code urls} and {@code token} or {@code tokenFile}. */
  static Target target(Json context, String source) {
    List<URI> urls =
        context.at("urls").elements().stream().map(url -> Urls.parse(url.string())).toList();
    return new Target(urls, token(context), source);
  }

  private static @Nullable String token(Json context) {
    String token = context.string("token");
    if (!token.isEmpty()) {
      return token;
    }
    String tokenFile = context.string("tokenFile");
    return tokenFile.isEmpty() ? null : tokenOf(Path.of(tokenFile));
  }

  static @Nullable String tokenOf(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException gone) {
      return null;
    }
  }

  private void save(String name, List<URI> urls, String kind, String value) {
    Map<String, @Nullable Object> context = Json.object();
    context.put("urls", urls.stream().map(URI::toString).toList());
    context.put(kind, value);
    Map<String, Json> all = new LinkedHashMap<>(all());
    all.put(name, new Json(context));
    write(current(), all);
  }

  private Json read() {
    try {
      return Files.exists(file) ? Json.parse(Files.readString(file)) : Json.NOTHING;
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.usage(
          "%s cannot be read: %s\n  do: correct or delete it".formatted(file, e.getMessage()));
    }
  }

  private void write(String current, Map<String, Json> contexts) {
    Map<String, @Nullable Object> document = Json.object();
    if (!current.isEmpty()) {
      document.put("current", current);
    }
    document.put("contexts", contexts);
    try {
      Files.createDirectories(file.getParent());
      Path next = file.resolveSibling("contexts.next");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, new Json(document).pretty() + "\n", StandardOpenOption.WRITE);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE, "%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
