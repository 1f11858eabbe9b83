package io.hodei.ear;

import io.hodei.cli.dev.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A domain with two instances on free ports of this machine, handled by the shipped script. */
final class PayaraServer {
  private static final int PORTS = 100;
  private static final int HTTP = 80;
  private static final int MINUTES = 10;

  private final Path home;
  private final List<Integer> bases = freeBases(3);

  PayaraServer(Path home) {
    this.home = home;
  }

  /** Writes the settings that both instances have in common, passwords too. */
  void settings(Map<String, String> settings) throws IOException {
    Files.createDirectories(home);
    Path file = home.resolve("hodei.env");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        settings.entrySet().stream()
            .map(entry -> "%s='%s'%n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining()));
  }

  /** Of instance 1 or 2. */
  URI url(int instance) {
    return URI.create("http://127.0.0.1:" + (bases.get(instance) + HTTP));
  }

  /** Runs a command of the script; refuses with what it said when it failed. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Home.directory().resolve("payara-config/server/hodei-server").toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("hodei-server-", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment());
      // A file, because the servers inherit it: a pipe would stay open as long as they run.
      Process process = builder.redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      String said = Files.readString(output);
      if (!ended || process.exitValue() != 0) {
        process.destroy();
        throw new IllegalStateException(String.join(" ", arguments) + " failed: " + said);
      }
      return said;
    } finally {
      Files.delete(output);
    }
  }

  /** The processes of this domain, by the directory on their command line. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  /** Not by {@link ProcessHandle.Info}: it leaves out command lines as long as those of Payara. */
  private boolean isOurs(ProcessHandle handle) {
    try {
      Path commandLine = Path.of("/proc", String.valueOf(handle.pid()), "cmdline");
      return Files.readString(commandLine, StandardCharsets.ISO_8859_1).contains(home + "/");
    } catch (IOException ended) {
      return false;
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PAYARA_HOME", System.getProperty("hodei.payara.home", ""));
    environment.put("HODEI_SERVER_HOME", home.toString());
    environment.put("HODEI_JAVA_HOME", System.getProperty("java.home"));
    environment.put("HODEI_SERVER_PORTS", bases.get(0).toString());
    environment.put(
        "HODEI_SERVER_INSTANCES", "hodei-1=%d hodei-2=%d".formatted(bases.get(1), bases.get(2)));
    return environment;
  }

  private static List<Integer> freeBases(int count) {
    List<Integer> found = new ArrayList<>();
    for (int base = 20_000; base < 32_000 && found.size() < count; base += PORTS) {
      if (allFree(base)) {
        found.add(base);
      }
    }
    return List.copyOf(found);
  }

  private static boolean allFree(int base) {
    for (int port = base; port < base + PORTS; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
