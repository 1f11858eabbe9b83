package io.hodei.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * One request to whatever node, encoded once: one that stays the same is made before the load.
 *
 * @param head its first line and the headers about its body
 */
public record Request(byte[] head, byte[] body) {
  private static final String VERSION = " HTTP/1.1\r\n";

  public static Request get(String path) {
    return new Request(ascii("GET " + path + VERSION), new byte[0]);
  }

  public static Request post(String path, String json) {
    return of("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** A request with a body, which may be empty. */
  public static Request of(String method, String path, String contentType, byte[] body) {
    String about = "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n";
    return new Request(ascii(method + ' ' + path + VERSION + about), body);
  }

  /** All bytes of it, for one packet where they fit. */
  byte[] wire(Endpoint endpoint) {
    byte[] headers = endpoint.headers();
    byte[] all = new byte[head.length + headers.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(headers, 0, all, head.length, headers.length);
    System.arraycopy(body, 0, all, head.length + headers.length, body.length);
    return all;
  }

  /** Method and path. */
  @Override
  public String toString() {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.substring(0, text.indexOf(VERSION));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
