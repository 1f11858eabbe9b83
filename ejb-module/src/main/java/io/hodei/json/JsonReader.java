package io.hodei.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259) in a single pass over its bytes and stops at the first thing that
 * is wrong. Work and memory are linear in the length, also for hostile texts: the depth is bounded
 * before anything is kept, a number ends after 64 characters.
 */
public final class JsonReader {
  static final int MAX_DEPTH = 64;
  static final int MAX_NUMBER = 64;
  static final int MAX_KEYS = 10_000;

  private final byte[] bytes;
  private final int begin;
  private final int end;
  private final int firstLine;
  private int at;
  private int depth;

  private JsonReader(byte[] bytes, int begin, int end, int firstLine) {
    this.bytes = bytes;
    this.begin = begin;
    this.end = end;
    this.firstLine = firstLine;
    this.at = begin;
  }

  /** Reads a whole text. */
  public static Json read(byte[] bytes) {
    return read(bytes, 0, bytes.length, 1);
  }

  /**
   * Reads a part of a larger text.
   *
   * @param firstLine number of the line at {@code begin}, for errors
   */
  public static Json read(byte[] bytes, int begin, int end, int firstLine) {
    JsonReader reader = new JsonReader(bytes, begin, end, firstLine);
    reader.space();
    Json value = reader.value();
    reader.space();
    if (reader.at < end) {
      throw reader.refused("there is more after the end of the value");
    }
    return value;
  }

  private Json value() {
    if (at >= end) {
      throw refused("a value is missing");
    }
    return switch (bytes[at]) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new Json.Text(text());
      case 't' -> literal("true", new Json.Bool(true));
      case 'f' -> literal("false", new Json.Bool(false));
      case 'n' -> literal("null", Json.Null.INSTANCE);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw refused("a value cannot begin with " + shown(bytes[at]));
    };
  }

  private Json object() {
    enter();
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    space();
    if (take('}')) {
      depth--;
      return new Json.Obj(members);
    }
    do {
      space();
      member(members);
      space();
    } while (take(','));
    expect('}', "an object goes on with , or ends with }");
    depth--;
    return new Json.Obj(members);
  }

  private void member(Map<String, Json> members) {
    if (at >= end || bytes[at] != '"') {
      throw refused("a key is missing; keys are strings in double quotes");
    }
    int keyAt = at;
    String key = text();
    space();
    expect(':', "a colon must follow a key");
    space();
    if (members.containsKey(key)) {
      at = keyAt;
      throw refused("the key " + shown(key) + " is there twice").of(key);
    }
    if (members.size() == MAX_KEYS) {
      throw refused("an object has more than " + MAX_KEYS + " keys");
    }
    members.put(key, value(key));
  }

  /** The value of a member or an item, which is named when something in it is there twice. */
  private Json value(Object member) {
    try {
      return value();
    } catch (JsonRefused e) {
      throw e.hasPointer() ? e.of(member.toString()) : e;
    }
  }

  private Json array() {
    enter();
    List<Json> items = new ArrayList<>();
    at++;
    space();
    if (take(']')) {
      depth--;
      return new Json.Arr(items);
    }
    do {
      space();
      items.add(value(items.size()));
      space();
    } while (take(','));
    expect(']', "an array goes on with , or ends with ]");
    depth--;
    return new Json.Arr(items);
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw refused("the nesting is deeper than " + MAX_DEPTH);
    }
  }

  private Json literal(String word, Json value) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at >= end || bytes[at] != word.charAt(i)) {
        throw refused("the only words are true, false and null");
      }
    }
    return value;
  }

  private Json number() {
    int start = at;
    take('-');
    if (take('0')) {
      if (at < end && isDigit(bytes[at])) {
        throw refused("a number has a leading zero");
      }
    } else {
      digits(start);
    }
    if (take('.')) {
      digits(start);
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      digits(start);
    }
    return new Json.Num(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
  }

  private void digits(int start) {
    int first = at;
    while (at < end && isDigit(bytes[at])) {
      if (++at - start > MAX_NUMBER) {
        throw refused("a number is longer than " + MAX_NUMBER + " characters");
      }
    }
    if (at == first) {
      throw refused("a digit is missing in a number");
    }
  }

  /** The string at the cursor. The common case, ASCII without escapes, is one copy. */
  private String text() {
    int start = ++at;
    while (at < end) {
      byte b = bytes[at];
      if (b == '"') {
        return new String(bytes, start, at++ - start, StandardCharsets.ISO_8859_1);
      }
      if (b < ' ' || b == '\\') {
        return longText(start);
      }
      at++;
    }
    throw refused("a string does not end");
  }

  private String longText(int start) {
    StringBuilder text = new StringBuilder(at - start + 32);
    for (int i = start; i < at; i++) {
      text.append((char) bytes[i]);
    }
    while (at < end) {
      byte b = bytes[at];
      if (b == '"') {
        at++;
        return text.toString();
      }
      if (b == '\\') {
        escape(text);
      } else if (b < 0) {
        text.appendCodePoint(codePoint());
      } else if (b < ' ') {
        throw refused("a control character stands in a string; write it as an escape");
      } else {
        text.append((char) b);
        at++;
      }
    }
    throw refused("a string does not end");
  }

  private void escape(StringBuilder text) {
    at++;
    if (at >= end) {
      throw refused("a string does not end");
    }
    char c = (char) bytes[at++];
    switch (c) {
      case '"', '\\', '/' -> text.append(c);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> unicode(text);
      default -> {
        at--;
        throw refused("an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
      }
    }
  }

  private void unicode(StringBuilder text) {
    char first = hex();
    if (!Character.isSurrogate(first)) {
      text.append(first);
      return;
    }
    boolean pair =
        Character.isHighSurrogate(first)
            && at + 1 < end
            && bytes[at] == '\\'
            && bytes[at + 1] == 'u';
    if (pair) {
      at += 2;
      char second = hex();
      if (Character.isLowSurrogate(second)) {
        text.append(first).append(second);
        return;
      }
    }
    throw refused("half of a surrogate pair stands alone");
  }

  private char hex() {
    int value = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = at < end ? Character.digit(bytes[at], 16) : -1;
      if (digit < 0) {
        throw refused("\\u needs four hexadecimal digits");
      }
      value = (value << 4) | digit;
    }
    return (char) value;
  }

  /** Decodes one character of more than one byte, as RFC 3629 allows them and no other way. */
  private int codePoint() {
    int first = bytes[at] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > end) {
      throw refused("the text is not UTF-8");
    }
    int point = first & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      int next = bytes[at + i] & 0xff;
      if ((next & 0xc0) != 0x80) {
        throw refused("the text is not UTF-8");
      }
      point = (point << 6) | (next & 0x3f);
    }
    int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    if (point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
      throw refused("the text is not UTF-8");
    }
    at += length;
    return point;
  }

  private void space() {
    while (at < end) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
        return;
      }
      at++;
    }
  }

  private boolean take(char c) {
    if (at < end && bytes[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c, String otherwise) {
    if (!take(c)) {
      throw refused(otherwise);
    }
  }

  private JsonRefused refused(String what) {
    int line = firstLine;
    int lineStart = begin;
    for (int i = begin; i < at && i < end; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new JsonRefused(line, at - lineStart + 1, what);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static String shown(byte b) {
    int value = b & 0xff;
    if (value == 0xef) {
      return "this byte (a byte order mark is not allowed)";
    }
    return value > ' ' && value < 0x7f
        ? "'" + (char) value + "'"
        : "the byte 0x%02x".formatted(value);
  }

  private static String shown(String key) {
    String printable = key.length() > 64 ? key.substring(0, 64) + "…" : key;
    return "\"" + printable.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
