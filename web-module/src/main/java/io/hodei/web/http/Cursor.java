package io.hodei.web.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A place in a list, as opaque text: the position and a digest of it and of the list with its
 * filters, so that a cursor that was cut, made up or taken from another list is refused. It is no
 * secret: what a page shows is decided by who asks.
 */
public final class Cursor {
  private static final int CHECK = 4;
  private static final int TEXT_LENGTH = 16;

  private Cursor() {}

  public static String format(long position, String scope) {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES + CHECK)
            .putLong(position)
            .put(check(position, scope), 0, CHECK)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The position; -1 when the text is not a cursor of this list. */
  public static long parse(String text, String scope) {
    if (text.length() != TEXT_LENGTH) {
      return -1;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      long position = bytes.getLong();
      return position > 0 && format(position, scope).equals(text) ? position : -1;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  private static byte[] check(long position, String scope) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
      return digest.digest(scope.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
