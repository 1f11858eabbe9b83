package io.hodei.web.stream;

import java.nio.charset.StandardCharsets;

/** The bytes of server-sent events (WHATWG HTML, section 9.2). */
final class SseFrame {
  /** Keeps connections open and shows that they are. */
  static final byte[] HEARTBEAT = bytes(": heartbeat\n\n");

  private SseFrame() {}

  /**
   * An event of the default type.
   *
   * @param data one line of JSON
   */
  static byte[] message(String id, String data) {
    return bytes("id: " + id + "\ndata: " + data + "\n\n");
  }

  /** An event with a type and an id. */
  static byte[] event(String type, String id, String data) {
    return bytes("event: " + type + "\nid: " + id + "\ndata: " + data + "\n\n");
  }

  /** An event with a type; where a client resumes stays as it was. */
  static byte[] event(String type, String data) {
    return bytes("event: " + type + "\ndata: " + data + "\n\n");
  }

  /** Tells the client where to resume and how soon, without an event. */
  static byte[] hello(String id) {
    return bytes("retry: 1000\nid: " + id + "\n\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
