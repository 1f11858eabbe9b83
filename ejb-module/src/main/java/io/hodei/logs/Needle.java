package io.hodei.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that is looked for in bytes (Horspool). Without regard to case means that of ASCII
 * letters: other letters are more than one byte and are compared as they are.
 */
final class Needle {
  private final byte[] text;
  private final byte[] fold = new byte[256];
  private final int[] skip = new int[256];

  Needle(String text, boolean matchCase) {
    for (int i = 0; i < 256; i++) {
      fold[i] = (byte) (!matchCase && i >= 'A' && i <= 'Z' ? i + 32 : i);
    }
    this.text = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < this.text.length; i++) {
      this.text[i] = fold[this.text[i] & 0xff];
    }
    Arrays.fill(skip, this.text.length);
    for (int i = 0; i < this.text.length - 1; i++) {
      skip[this.text[i] & 0xff] = this.text.length - 1 - i;
    }
  }

  int length() {
    return text.length;
  }

  /** Where it stands first at or behind an index; -1 when it does not. */
  int find(byte[] bytes, int from) {
    int last = text.length - 1;
    int at = Math.max(0, from);
    while (at + last < bytes.length) {
      int end = fold[bytes[at + last] & 0xff] & 0xff;
      if (end == (text[last] & 0xff) && stands(bytes, at, last)) {
        return at;
      }
      at += skip[end];
    }
    return -1;
  }

  private boolean stands(byte[] bytes, int at, int length) {
    for (int i = 0; i < length; i++) {
      if (fold[bytes[at + i] & 0xff] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
