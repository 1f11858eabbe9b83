package io.hodei.ear;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What the built archive holds. */
class EarContentIT {
  private final Path archive = Path.of("target/hodei.ear");

  @Test
  void libraries_lie_once_in_the_shared_directory() throws IOException {
    assertThat(names())
        .filteredOn(name -> name.startsWith("lib/") && name.endsWith(".jar"))
        .anyMatch(name -> name.contains("hazelcast-5.7"))
        .anyMatch(name -> name.contains("hibernate-core"))
        .anyMatch(name -> name.contains("postgresql-"))
        .noneMatch(name -> name.contains("jakarta."))
        .noneMatch(name -> name.contains("ejb-module"));
    assertThat(names()).contains("hodei-ejb.jar", "hodei-web.war");
  }

  @Test
  void the_web_module_brings_no_library_of_its_own() throws IOException {
    try (ZipFile ear = new ZipFile(archive.toFile());
        InputStream war = ear.getInputStream(ear.getEntry("hodei-web.war"));
        ZipInputStream entries = new ZipInputStream(war)) {
      List<String> libraries = new ArrayList<>();
      boolean resources = false;
      String manifest = "";
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        resources |= entry.getName().endsWith("RestApplication.class");
        if (entry.getName().equals("META-INF/MANIFEST.MF")) {
          manifest = new String(entries.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (entry.getName().startsWith("WEB-INF/lib/") && !entry.isDirectory()) {
          libraries.add(entry.getName());
        }
      }
      assertThat(libraries).isEmpty();
      assertThat(manifest).contains("Manifest-Version").doesNotContain("Class-Path");
      assertThat(resources).isTrue();
    }
  }

  @Test
  void the_application_starts_its_modules_in_order_at_the_root_with_its_own_libraries_first()
      throws IOException {
    assertThat(text("META-INF/application.xml"))
        .contains(
            "version=\"10\"",
            "<initialize-in-order>true</initialize-in-order>",
            "<context-root>/</context-root>",
            "<library-directory>lib</library-directory>");
    assertThat(text("META-INF/glassfish-application.xml"))
        .contains("<classloading-delegate>false</classloading-delegate>");
  }

  private List<String> names() throws IOException {
    try (ZipFile ear = new ZipFile(archive.toFile())) {
      return ear.stream().map(ZipEntry::getName).toList();
    }
  }

  private String text(String name) throws IOException {
    try (ZipFile ear = new ZipFile(archive.toFile());
        InputStream file = ear.getInputStream(ear.getEntry(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
