package io.hodei.json;

import java.util.ArrayList;
import java.util.List;

/** Finds where the values of a JSON text stand that was read without complaint. */
final class JsonPlaces {
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  JsonPlaces(String text) {
    this.text = text;
  }

  Document.Node read() {
    space();
    return value(line, at - lineStart + 1);
  }

  /** The value at the cursor; an object or array stands where its key does. */
  private Document.Node value(int keyLine, int keyColumn) {
    char c = text.charAt(at);
    if (c == '{' || c == '[') {
      return new Document.Node(keyLine, keyColumn, 0, children(c == '{' ? '}' : ']'));
    }
    int start = at;
    int column = at - lineStart + 1;
    if (c == '"') {
      boolean plain = string();
      return new Document.Node(line, column, plain ? 2 : 0, List.of());
    }
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return new Document.Node(line, start - lineStart + 1, 0, List.of());
  }

  private List<Document.Node> children(char end) {
    List<Document.Node> children = new ArrayList<>();
    at++;
    space();
    while (text.charAt(at) != end) {
      int keyLine = line;
      int keyColumn = at - lineStart + 1;
      if (end == '}') {
        string();
        space();
        at++;
        space();
      }
      children.add(value(keyLine, keyColumn));
      space();
      if (text.charAt(at) == ',') {
        at++;
        space();
      }
    }
    at++;
    return children;
  }

  /** Skips a string; answers whether it has no escapes. */
  private boolean string() {
    boolean plain = true;
    at++;
    while (text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        plain = false;
        at++;
      }
      at++;
    }
    at++;
    return plain;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      if (text.charAt(at) == '\n') {
        line++;
        lineStart = at + 1;
      }
      at++;
    }
  }
}
