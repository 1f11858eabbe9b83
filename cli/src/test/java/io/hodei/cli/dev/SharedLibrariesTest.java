package io.hodei.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibrariesTest {
  private static final Map<String, String> APPLICATION =
      Map.of(
          "WEB-INF/web.xml", "the application",
          "WEB-INF/lib/ejb-module-1.jar", "ours",
          "WEB-INF/lib/postgresql-42.jar", "the driver",
          "WEB-INF/lib/hazelcast-5.7.0.jar", "our grid",
          "WEB-INF/lib/guava-33.jar", "another library",
          "WEB-INF/lib/hibernate-core-6.jar", "a library");

  @TempDir Path directory;

  @Test
  void the_rest_has_all_but_the_libraries() throws IOException {
    Path rest = directory.resolve("rest.war");
    new SharedLibraries(war(APPLICATION)).writeRest(rest);
    try (ZipFile archive = new ZipFile(rest.toFile())) {
      assertThat(archive.stream().map(ZipEntry::getName))
          .containsExactlyInAnyOrder(
              "WEB-INF/web.xml",
              "WEB-INF/lib/ejb-module-1.jar",
              "WEB-INF/lib/postgresql-42.jar",
              "WEB-INF/lib/hazelcast-5.7.0.jar");
      assertThat(
              archive
                  .getInputStream(archive.getEntry("WEB-INF/lib/ejb-module-1.jar"))
                  .readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("ours");
    }
  }

  @Test
  void libraries_come_first_on_the_class_path() throws IOException {
    Path runtime = Files.createDirectory(directory.resolve("runtime"));
    Files.writeString(runtime.resolve("hazelcast.jar"), "the server's grid");
    List<String> serverPath =
        Stream.concat(
                Stream.of("runtime/hazelcast.jar"),
                IntStream.range(0, 300).mapToObj("runtime/part-%d-of-the-server.jar"::formatted))
            .toList();
    Path launcher = launcher(String.join(" ", serverPath));

    new SharedLibraries(war(APPLICATION)).addTo(directory, launcher);

    assertThat(runtime.resolve("hazelcast.jar")).hasContent("the server's grid");
    assertThat(runtime.resolve("hibernate-core-6.jar")).hasContent("a library");
    try (JarFile jar = new JarFile(launcher.toFile())) {
      Attributes main = jar.getManifest().getMainAttributes();
      List<String> path = List.of(main.getValue(Attributes.Name.CLASS_PATH).split(" "));
      assertThat(path.subList(0, 2))
          .containsExactlyInAnyOrder("runtime/guava-33.jar", "runtime/hibernate-core-6.jar");
      assertThat(path.subList(2, path.size())).isEqualTo(serverPath);
      assertThat(main.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("a.Launcher");
      assertThat(jar.getInputStream(jar.getEntry("a/Launcher.class")).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("code");
    }
  }

  @Test
  void another_build_of_ours_has_the_same_fingerprint_and_another_library_has_not()
      throws IOException {
    int fingerprint = new SharedLibraries(war(APPLICATION)).fingerprint();
    Map<String, String> ours = new TreeMap<>(APPLICATION);
    ours.put("WEB-INF/lib/ejb-module-1.jar", "ours, changed");
    assertThat(new SharedLibraries(war(ours)).fingerprint()).isEqualTo(fingerprint);
    Map<String, String> other = new TreeMap<>(APPLICATION);
    other.put("WEB-INF/lib/hibernate-core-6.jar", "a library, changed");
    assertThat(new SharedLibraries(war(other)).fingerprint()).isNotEqualTo(fingerprint);
  }

  private Path war(Map<String, String> entries) throws IOException {
    Path file = Files.createTempFile(directory, "application", ".war");
    try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        put(archive, entry.getKey(), entry.getValue());
      }
    }
    return file;
  }

  private Path launcher(String classPath) throws IOException {
    Path file = directory.resolve("launcher.jar");
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, "a.Launcher");
    main.put(Attributes.Name.CLASS_PATH, classPath);
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      put(jar, "a/Launcher.class", "code");
    }
    return file;
  }

  private static void put(ZipOutputStream archive, String name, String content) throws IOException {
    archive.putNextEntry(new ZipEntry(name));
    archive.write(content.getBytes(StandardCharsets.UTF_8));
    archive.closeEntry();
  }
}
