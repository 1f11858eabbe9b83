package io.hodei.bench.report;

import io.hodei.bench.BenchException;
import io.hodei.cli.dev.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Of everything that was measured. */
public final class Versions {
  private Versions() {}

  /** By name, in the order of the report. */
  public static Map<String, String> facts() {
    Properties build = build();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Hodei", build.getProperty("hodei") + " (" + commit() + ")");
    facts.put("JDK", System.getProperty("java.vm.version"));
    facts.put("Payara Micro", build.getProperty("payara"));
    return facts;
  }

  private static Properties build() {
    Properties build = new Properties();
    try (InputStream file =
        Versions.class.getResourceAsStream("/io/hodei/bench/build.properties")) {
      if (file != null) {
        build.load(file);
      }
      return build;
    } catch (IOException e) {
      throw new BenchException("The versions of this build cannot be read", e);
    }
  }

  /** The commit of the repository, marked when files differ from it. */
  private static String commit() {
    String commit = git("rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return "commit unknown";
    }
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? commit
        : commit + " with changes";
  }

  private static String git(String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(Home.directory().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? said.strip() : "";
    } catch (IOException noGit) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted while the commit was read", e);
    }
  }
}
