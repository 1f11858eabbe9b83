package io.hodei.web.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All files of the console, read once and held in memory: a request is answered by its exact path
 * or not at all, so no path leads to anything else of the archive.
 */
@ApplicationScoped
public class ConsoleFiles {
  private static final String PAGE = "/index.html";
  private static final List<String> PRIVATE = List.of("/WEB-INF/", "/META-INF/");

  /** What belongs to programs: whoever asks there is never given the page instead of an answer. */
  private static final List<String> OF_PROGRAMS =
      List.of(
          "/api",
          "/agent",
          "/health",
          "/metrics",
          "/errors",
          "/openapi",
          "/WEB-INF",
          "/META-INF",
          "/.well-known");

  private final Resources resources;
  private volatile @Nullable Map<String, ConsoleFile> files;

  @Inject
  public ConsoleFiles(ServletContext context) {
    this(
        new Resources() {
          @Override
          public @Nullable Set<String> under(String directory) {
            return context.getResourcePaths(directory);
          }

          @Override
          public @Nullable InputStream open(String path) {
            return context.getResourceAsStream(path);
          }
        });
  }

  ConsoleFiles(Resources resources) {
    this.resources = resources;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ConsoleFiles() {
    this((Resources) null);
  }

  /**
   * Answers with a file of the console; with its page where a browser looks for one that does not
   * exist.
   *
   * @param path as it was sent, neither decoded nor normalised
   * @return whether it did; if not, nothing was written
   */
  public boolean answer(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      return false;
    }
    @Nullable ConsoleFile file = all().get(path.equals("/") ? PAGE : path);
    if (file == null && isPage(request, path)) {
      file = all().get(PAGE);
    }
    if (file == null) {
      return false;
    }
    file.send(request, response);
    return true;
  }

  private static boolean isPage(HttpServletRequest request, String path) {
    @Nullable String accept = request.getHeader("Accept");
    return accept != null
        && accept.contains("text/html")
        && OF_PROGRAMS.stream().noneMatch(path::startsWith);
  }

  private Map<String, ConsoleFile> all() {
    Map<String, ConsoleFile> read = files;
    if (read == null) {
      Map<String, ConsoleFile> found = new HashMap<>();
      collect("/", found);
      read = Map.copyOf(found);
      files = read;
    }
    return read;
  }

  private void collect(String directory, Map<String, ConsoleFile> found) {
    @Nullable Set<String> paths = resources.under(directory);
    if (paths == null || PRIVATE.contains(directory)) {
      return;
    }
    for (String path : paths) {
      if (path.endsWith("/")) {
        collect(path, found);
      } else {
        found.put(path, ConsoleFile.of(path, read(path)));
      }
    }
  }

  private byte[] read(String path) {
    try (InputStream file = resources.open(path)) {
      if (file == null) {
        throw new IllegalStateException(path + " is not in the archive any more");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The archive, as the container shows it. */
  interface Resources {
    /** Paths directly below a directory, those of directories with a slash at their end. */
    @Nullable Set<String> under(String directory);

    @Nullable InputStream open(String path);
  }
}
