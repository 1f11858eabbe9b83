package io.hodei.web.access;

import io.hodei.web.RestApplication;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds every resource method of the application by looking at its classes. */
public final class Routes {
  private static final Pattern ALTERNATIVES = Pattern.compile("\\{(\\w+): *([\\w|]+)}");

  private Routes() {}

  /**
   * One resource method under one path.
   *
   * @param path with plain parameters, for example {@code /jobs/{id}:cancel}
   */
  public record Route(String verb, String path, Method method) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  public static List<Route> all() {
    List<Route> routes = new ArrayList<>();
    for (Class<?> type : classes()) {
      for (Method method : type.getDeclaredMethods()) {
        verb(method)
            .forEach(
                verb -> paths(type, method).forEach(p -> routes.add(new Route(verb, p, method))));
      }
    }
    return routes;
  }

  private static Stream<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getAnnotation(HttpMethod.class).value());
  }

  private static List<String> paths(Class<?> type, Method method) {
    Path base = type.getAnnotation(Path.class);
    Path own = method.getAnnotation(Path.class);
    String path =
        (base == null ? "" : base.value())
            + (own == null ? "" : (own.value().startsWith("/") ? "" : "/") + own.value());
    String rooted = path.startsWith("/") ? path : "/" + path;
    Matcher matcher = ALTERNATIVES.matcher(rooted);
    if (matcher.find()) {
      return Stream.of(matcher.group(2).split("\\|"))
          .map(choice -> plain(rooted.replace(matcher.group(), choice)))
          .toList();
    }
    return List.of(plain(rooted));
  }

  private static String plain(String path) {
    return path.replaceAll("\\{(\\w+) *:[^}]*}", "{$1}");
  }

  private static List<Class<?>> classes() {
    try {
      java.nio.file.Path root =
          java.nio.file.Path.of(
              RestApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<java.nio.file.Path> files = Files.walk(root)) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
            .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
            .<Class<?>>map(Routes::load)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Routes.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
