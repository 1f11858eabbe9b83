package io.hodei.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes copies in the grid useless to forge: each carries its tenant and id and an HMAC-SHA256, cut
 * to 16 bytes, over cache name and content. Layout: format (1), tenant (8), id (8), content, code
 * (16).
 */
final class Seal {
  private static final byte FORMAT = 1;
  private static final int HEAD = 17;
  private static final int CODE = 16;

  private final byte[] name;
  private final SecretKeySpec secret;

  Seal(String name, byte[] secret) {
    this.name = name.getBytes(StandardCharsets.UTF_8);
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  byte[] close(long tenantId, long id, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + content.length + CODE);
    bytes.put(FORMAT).putLong(tenantId).putLong(id).put(content);
    bytes.put(code(bytes.array()));
    return bytes.array();
  }

  /** The content, if the bytes were closed by this cluster for this tenant and id. */
  Optional<byte[]> open(long tenantId, long id, byte[] bytes) {
    if (bytes.length < HEAD + CODE || bytes[0] != FORMAT) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(bytes, 1, HEAD - 1);
    if (head.getLong() != tenantId || head.getLong() != id) {
      return Optional.empty();
    }
    int end = bytes.length - CODE;
    byte[] claimed = Arrays.copyOfRange(bytes, end, bytes.length);
    return MessageDigest.isEqual(claimed, code(bytes))
        ? Optional.of(Arrays.copyOfRange(bytes, HEAD, end))
        : Optional.empty();
  }

  private byte[] code(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(name);
      mac.update((byte) 0);
      mac.update(bytes, 0, bytes.length - CODE);
      return Arrays.copyOf(mac.doFinal(), CODE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no HmacSHA256, which every JDK must have", e);
    }
  }
}
