package io.hodei.web.admin;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Secrets in answers: shown once, stored nowhere. */
final class Secrets {
  private Secrets() {}

  /** The same answer with one member more at its end; the secret needs no escapes. */
  static Response added(Response answer, String name, String secret) {
    String body = new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    String whole = body.substring(0, body.length() - 1) + ",\"" + name + "\":\"" + secret + "\"}";
    return Response.fromResponse(answer).entity(whole.getBytes(StandardCharsets.UTF_8)).build();
  }

  /** What a client sent, short enough to be repeated in a message. */
  static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
