package io.hodei.cli.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The libraries of {@code hodei.war}, for the class path of the server instead of the application.
 *
 * <p>Payara reads every class of every library inside an application whenever it deploys it, and
 * the JVM's start cache knows only classes of the JVM's own class path: on it, libraries cost
 * neither.
 */
final class SharedLibraries {
  private static final String LIBRARIES = "WEB-INF/lib/";
  private static final String RUNTIME = "runtime/";

  /**
   * Our own ones change with every build, and the driver looks for one of our classes by name.
   * Beside the server's libraries Hazelcast would find what Payara has for its own grid, and send
   * objects of it to other members.
   */
  private static final List<String> STAY =
      List.of("agent-protocol-", "db-migrations-", "ejb-module-", "hazelcast-", "postgresql-");

  private final Path war;

  SharedLibraries(Path war) {
    this.war = war;
  }

  /** Stands for names and contents; the same for all builds with the same dependencies. */
  int fingerprint() throws IOException {
    try (ZipFile archive = new ZipFile(war.toFile())) {
      return archive.stream()
          .filter(SharedLibraries::isShared)
          .map(entry -> "%s %x".formatted(entry.getName(), entry.getCrc()))
          .sorted()
          .collect(Collectors.joining("\n"))
          .hashCode();
    }
  }

  /** Adds them to an unpacked Payara Micro, before the server's own libraries. */
  void addTo(Path home, Path launcher) throws IOException {
    try (ZipFile archive = new ZipFile(war.toFile())) {
      List<String> added = new ArrayList<>();
      for (ZipEntry entry : archive.stream().filter(SharedLibraries::isShared).toList()) {
        String place = RUNTIME + entry.getName().substring(LIBRARIES.length());
        try (InputStream content = archive.getInputStream(entry)) {
          Files.copy(content, home.resolve(place), StandardCopyOption.REPLACE_EXISTING);
        }
        added.add(place);
      }
      putFirst(added.stream(), launcher);
    }
  }

  /** The application without them. */
  void writeRest(Path target) throws IOException {
    try (ZipFile archive = new ZipFile(war.toFile());
        ZipOutputStream rest = new ZipOutputStream(Files.newOutputStream(target))) {
      rest.setLevel(Deflater.BEST_SPEED);
      for (ZipEntry entry : archive.stream().filter(entry -> !isShared(entry)).toList()) {
        copy(archive, entry, rest);
      }
    }
  }

  private static boolean isShared(ZipEntry entry) {
    String name = entry.getName();
    return name.startsWith(LIBRARIES)
        && name.endsWith(".jar")
        && STAY.stream().noneMatch(own -> name.startsWith(LIBRARIES + own));
  }

  private static void putFirst(Stream<String> libraries, Path launcher) throws IOException {
    Path changed = launcher.resolveSibling("launcher.tmp");
    try (JarFile jar = new JarFile(launcher.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest.getMainAttributes();
      main.put(
          Attributes.Name.CLASS_PATH,
          Stream.concat(libraries, Stream.of(main.getValue(Attributes.Name.CLASS_PATH).split(" ")))
              .distinct()
              .collect(Collectors.joining(" ")));
      try (OutputStream file = Files.newOutputStream(changed);
          JarOutputStream copy = new JarOutputStream(file, manifest)) {
        for (ZipEntry entry : jar.stream().filter(SharedLibraries::isContent).toList()) {
          copy(jar, entry, copy);
        }
      }
    }
    Files.move(changed, launcher, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isContent(ZipEntry entry) {
    return !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME);
  }

  private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
    to.putNextEntry(new ZipEntry(entry.getName()));
    try (InputStream content = from.getInputStream(entry)) {
      content.transferTo(to);
    }
    to.closeEntry();
  }
}
