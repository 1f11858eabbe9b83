package io.hodei.cli.command;

import io.hodei.cli.command.DoctorCommand.Finding;
import io.hodei.cli.dev.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the doctor looks at on this machine. */
final class MachineChecks {
  private static final long ENOUGH_BYTES = 2L << 30;
  private static final int USUAL_PORT = 8080;

  private MachineChecks() {}

  static List<Finding> all() {
    return List.of(jdk(), disk(), port(), durability());
  }

  private static Finding jdk() {
    int feature = Runtime.version().feature();
    String found =
        "JDK %s in %s"
            .formatted(System.getProperty("java.version"), System.getProperty("java.home"));
    return feature >= 21
        ? Finding.fine("jdk", found)
        : Finding.wrong("jdk", found, "install a JDK 21 or newer and start through ./hodei");
  }

  private static Finding disk() {
    Path at = Home.directory();
    try {
      long free = Files.getFileStore(at).getUsableSpace();
      String found = "%d MiB free at %s".formatted(free >> 20, at);
      return free >= ENOUGH_BYTES
          ? Finding.fine("disk", found)
          : Finding.wrong(
              "disk", found, "make room: 2 GiB at least; ~/.cache/hodei and .hodei/dev can go");
    } catch (IOException e) {
      return Finding.wrong(
          "disk", String.valueOf(e.getMessage()), "check that the directory exists: " + at);
    }
  }

  private static Finding port() {
    boolean cluster = Files.exists(Home.devDirectory().resolve("context.json"));
    try (ServerSocket socket = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
      return Finding.fine("port", "%d is free".formatted(socket.getLocalPort()));
    } catch (IOException taken) {
      return Finding.fine(
          "port",
          cluster
              ? USUAL_PORT + " is in use, a cluster runs here"
              : USUAL_PORT + " is in use; hodei dev takes another one");
    }
  }

  private static Finding durability() {
    Path settings = Home.devDirectory().resolve("postgres").resolve("hodei.conf");
    if (!Files.exists(settings)) {
      return Finding.fine("postgresql", "no development database here yet");
    }
    try {
      String text = Files.readString(settings);
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        @Nullable String weak = weak(text, setting);
        if (weak != null) {
          return Finding.wrong(
              "postgresql",
              weak + ": committed jobs may be lost",
              "remove the setting and restart hodei dev");
        }
      }
      return Finding.fine(
          "postgresql",
          "the development database is durable (fsync, synchronous_commit, full_page_writes)");
    } catch (IOException e) {
      return Finding.wrong(
          "postgresql", String.valueOf(e.getMessage()), "check the mode of " + settings);
    }
  }

  private static @Nullable String weak(String text, String setting) {
    return text.lines().anyMatch((setting + " = 'on'")::equals) ? null : setting + " is not on";
  }
}
