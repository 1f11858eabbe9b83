package io.hodei.json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 bytes. Members whose value is null are left out. The caller opens and closes
 * what it writes; commas come by themselves.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;
  private boolean comma;

  public JsonWriter() {
    this(512);
  }

  public JsonWriter(int expectedBytes) {
    bytes = new byte[expectedBytes];
  }

  public JsonWriter object() {
    return open('{');
  }

  /** Opens an object that is the value of a member. */
  public JsonWriter object(String name) {
    return name(name).object();
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter array() {
    return open('[');
  }

  /** Opens an array that is the value of a member. */
  public JsonWriter array(String name) {
    return name(name).array();
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /** Writes a key; its value comes next. */
  public JsonWriter name(String name) {
    separate();
    quoted(name);
    put(':');
    comma = false;
    return this;
  }

  public JsonWriter member(String name, @Nullable String value) {
    return value == null ? this : name(name).value(value);
  }

  public JsonWriter member(String name, @Nullable Instant value) {
    return value == null ? this : name(name).value(value);
  }

  public JsonWriter member(String name, @Nullable Duration value) {
    return value == null ? this : name(name).value(value.toString());
  }

  public JsonWriter member(String name, @Nullable Enum<?> value) {
    return value == null ? this : name(name).value(value.name());
  }

  public JsonWriter member(String name, @Nullable Integer value) {
    return value == null ? this : name(name).value(value.longValue());
  }

  public JsonWriter member(String name, @Nullable Long value) {
    return value == null ? this : name(name).value(value.longValue());
  }

  public JsonWriter member(String name, @Nullable Boolean value) {
    return value == null ? this : name(name).raw(value.toString());
  }

  public JsonWriter member(String name, long value) {
    return name(name).value(value);
  }

  public JsonWriter member(String name, double value) {
    return name(name).raw(Double.toString(value));
  }

  /** An id as text; null is left out. */
  public JsonWriter id(String name, @Nullable Long id) {
    return id == null ? this : name(name).value(io.hodei.platform.Id.format(id));
  }

  public JsonWriter member(String name, Map<String, String> texts) {
    object(name);
    texts.forEach(this::member);
    return endObject();
  }

  /** A member whose value is JSON text already; null is left out. */
  public JsonWriter json(String name, @Nullable String text) {
    return text == null ? this : name(name).raw(text);
  }

  public JsonWriter texts(String name, Iterable<String> values) {
    array(name);
    values.forEach(this::value);
    return endArray();
  }

  public JsonWriter value(String text) {
    separate();
    quoted(text);
    comma = true;
    return this;
  }

  public JsonWriter value(long number) {
    return raw(Long.toString(number));
  }

  /** A value with all its members and items. */
  public JsonWriter value(Json json) {
    switch (json) {
      case Json.Obj o -> {
        object();
        o.members().forEach((name, member) -> name(name).value(member));
        endObject();
      }
      case Json.Arr a -> {
        array();
        a.items().forEach(this::value);
        endArray();
      }
      case Json.Text t -> value(t.value());
      case Json.Num n -> raw(n.literal());
      case Json.Bool b -> raw(Boolean.toString(b.value()));
      case Json.Null n -> raw("null");
    }
    return this;
  }

  /** RFC 3339 in UTC with exactly six digits of a second. */
  public JsonWriter value(Instant instant) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > 9999) {
      return value(instant.toString());
    }
    separate();
    put('"');
    digits(time.getYear(), 4);
    put('-');
    digits(time.getMonthValue(), 2);
    put('-');
    digits(time.getDayOfMonth(), 2);
    put('T');
    digits(time.getHour(), 2);
    put(':');
    digits(time.getMinute(), 2);
    put(':');
    digits(time.getSecond(), 2);
    put('.');
    digits(time.getNano() / 1000, 6);
    put('Z');
    put('"');
    comma = true;
    return this;
  }

  /** Writes JSON text as it is. */
  public JsonWriter raw(String json) {
    separate();
    for (int i = 0; i < json.length(); ) {
      int point = json.codePointAt(i);
      utf8(point);
      i += Character.charCount(point);
    }
    comma = true;
    return this;
  }

  /** What was written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  public int size() {
    return size;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private JsonWriter open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
  }

  private void quoted(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        int point = text.codePointAt(i);
        utf8(Character.isBmpCodePoint(point) && Character.isSurrogate(c) ? 0xfffd : point);
        i += Character.charCount(point) - 1;
      } else if (c >= ' ' && c != '"' && c != '\\') {
        put(c);
      } else {
        escaped(c);
      }
    }
    put('"');
  }

  private void escaped(char c) {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      default -> {
        put('u');
        put('0');
        put('0');
        put((char) HEX[c >> 4]);
        put((char) HEX[c & 15]);
      }
    }
  }

  private void utf8(int point) {
    if (point < 0x80) {
      put((char) point);
    } else if (point < 0x800) {
      put((char) (0xc0 | (point >> 6)));
      put((char) (0x80 | (point & 0x3f)));
    } else if (point < 0x10000) {
      put((char) (0xe0 | (point >> 12)));
      put((char) (0x80 | ((point >> 6) & 0x3f)));
      put((char) (0x80 | (point & 0x3f)));
    } else {
      put((char) (0xf0 | (point >> 18)));
      put((char) (0x80 | ((point >> 12) & 0x3f)));
      put((char) (0x80 | ((point >> 6) & 0x3f)));
      put((char) (0x80 | (point & 0x3f)));
    }
  }

  private void digits(int number, int count) {
    int rest = number;
    ensure(count);
    for (int i = count - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  private void put(char b) {
    ensure(1);
    bytes[size++] = (byte) b;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
