package io.hodei.cli.command;

import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON documents from files: one object, an array of them, or one a line (NDJSON). */
final class Documents {
  private Documents() {}

  /** The text of a file; {@code -} is the standard input. */
  static String text(Path file) {
    try {
      return file.toString().equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (IOException e) {
      throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  /** All objects of a file, in their order. */
  static List<Json> read(Path file) {
    String text = text(file);
    List<Json> documents = new ArrayList<>();
    try {
      Json whole = Json.parse(text);
      documents.addAll(whole.isArray() ? whole.elements() : List.of(whole));
    } catch (IllegalArgumentException notOne) {
      documents.addAll(lines(file, text, notOne));
    }
    if (documents.isEmpty() || !documents.stream().allMatch(Json::isObject)) {
      throw Failure.usage("%s holds no JSON objects".formatted(file));
    }
    return documents;
  }

  private static List<Json> lines(Path file, String text, IllegalArgumentException notOne) {
    List<Json> documents = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\R")) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        documents.add(Json.parse(line));
      } catch (IllegalArgumentException e) {
        throw Failure.usage(
            "%s is not JSON\n  why: %s"
                .formatted(
                    file,
                    documents.isEmpty()
                        ? notOne.getMessage()
                        : "line " + number + ": " + e.getMessage()));
      }
    }
    return documents;
  }
}
