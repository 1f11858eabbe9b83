package io.hodei.web.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A single byte range of RFC 9110, section 14.
 *
 * @param from first byte
 * @param upto the byte behind the last one
 */
record ByteRange(long from, long upto) {
  private static final Pattern SHAPE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** The range in a header, for content of this length; empty when the header is to be ignored. */
  static Optional<ByteRange> parse(String header, long length) {
    Matcher shape = SHAPE.matcher(header.strip());
    if (!shape.matches() || (shape.group(1).isEmpty() && shape.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (shape.group(1).isEmpty()) {
      long last = Long.parseLong(shape.group(2));
      return Optional.of(new ByteRange(last == 0 ? length : Math.max(0, length - last), length));
    }
    long from = Long.parseLong(shape.group(1));
    long last = shape.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(shape.group(2));
    return last < from
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.min(last + 1, Math.max(length, from))));
  }
}
