package io.hodei.it.chaos;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The jobs of one run and the output each of them must have.
 *
 * @param directory holds the texts that jobs print, and the oracle; no job has its working
 *     directory in it
 */
record Script(String run, Path directory) {
  private static final int TEXTS = 4;
  private static final int PIECES = 4;
  private static final int PIECE_BYTES = 256 * 1024;
  private static final int ERROR_BYTES = 64 * 1024;

  static Script in(Path directory, String run, long seed) {
    Script script = new Script(run, directory);
    try {
      Files.createDirectories(script.oracle());
      Random random = new Random(seed);
      for (int text = 0; text < TEXTS; text++) {
        for (int piece = 0; piece < PIECES; piece++) {
          Files.write(script.piece(text, piece), lines(random, PIECE_BYTES));
        }
        Files.write(script.error(text), lines(random, ERROR_BYTES));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return script;
  }

  /** The directory in which each job writes a file of its own. */
  Path oracle() {
    return directory.resolve("oracle");
  }

  /** In the environment of every process of this run. */
  String mark() {
    return "IT_RUN=" + run;
  }

  String name(int number) {
    return run + "-" + number;
  }

  JsonObject job(int number) {
    JsonObjectBuilder spec =
        Json.createObjectBuilder()
            .add("command", Json.createArrayBuilder().add("sh").add("-c").add(shell(number)))
            .add("killGrace", "500ms")
            .add(
                "environment",
                Json.createObjectBuilder().add("IT_RUN", run).add("ORACLE", oracle().toString()));
    JsonObjectBuilder job = Json.createObjectBuilder().add("name", name(number)).add("spec", spec);
    if (number >= Kind.HOLDS) {
      job.add("priority", "HIGH");
    }
    if (Kind.of(number) == Kind.RETRY) {
      job.add(
          "retry",
          Json.createObjectBuilder()
              .add("maxAttempts", 3)
              .add("backoff", "FIXED")
              .add("delay", "200ms")
              .add("jitter", 0));
    }
    return job.build();
  }

  /** What this attempt writes to {@code stdout} when it comes to its end. */
  byte[] stdout(int number, int attempt) {
    return switch (Kind.of(number)) {
      case TRUE, CANCEL -> new byte[0];
      case PRINT -> printed(number);
      case FAIL -> utf8("job " + number + " fails\n");
      case RETRY -> utf8("try " + attempt + "\n");
      case SLEEP, HOLD -> utf8("slept\n");
    };
  }

  byte[] stderr(int number) {
    return Kind.of(number) == Kind.PRINT ? read(error(number % TEXTS)) : new byte[0];
  }

  private String shell(int number) {
    return Oracle.telling(
        switch (Kind.of(number)) {
          case TRUE -> "/bin/true";
          case PRINT -> print(number % TEXTS);
          case FAIL -> "echo job " + number + " fails; (exit 5)";
          case RETRY -> "echo try $HODEI_ATTEMPT_NUMBER; sleep 1; (exit 9)";
          case SLEEP -> sleep(6 + number % 14, "0.5");
          case HOLD -> sleep(25, "1");
          case CANCEL -> "exec sleep 600"; // a shell would say that its child was terminated
        });
  }

  private String print(int text) {
    StringBuilder shell = new StringBuilder();
    for (int piece = 0; piece < PIECES; piece++) {
      shell.append("cat '").append(piece(text, piece)).append("'; sleep 0.4; ");
    }
    return shell + "cat '" + error(text) + "' >&2";
  }

  private static String sleep(int times, String seconds) {
    return "i=0; while [ $i -lt %d ]; do sleep %s; i=$((i+1)); mark B; done; echo slept"
        .formatted(times, seconds);
  }

  private byte[] printed(int number) {
    byte[] all = new byte[PIECES * PIECE_BYTES];
    for (int piece = 0; piece < PIECES; piece++) {
      System.arraycopy(
          read(piece(number % TEXTS, piece)), 0, all, piece * PIECE_BYTES, PIECE_BYTES);
    }
    return all;
  }

  private Path piece(int text, int piece) {
    return directory.resolve("text-" + text + "-" + piece);
  }

  private Path error(int text) {
    return directory.resolve("text-" + text + "-error");
  }

  private static byte[] lines(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 97 == 96 ? '\n' : 33 + random.nextInt(94));
    }
    return bytes;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
