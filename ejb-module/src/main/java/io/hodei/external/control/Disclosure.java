package io.hodei.external.control;

import io.hodei.jobs.entity.SecretText;
import io.hodei.json.Json;
import io.hodei.json.JsonWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Puts secrets into what one call sends, and takes them out of all that is kept of its answer: as
 * they are, and as they look in addresses, in JSON and in base64.
 */
final class Disclosure {
  private static final String MASK = "***";

  private final Function<String, Optional<String>> secrets;

  /** Those used so far, by name. */
  private final Map<String, String> used = new LinkedHashMap<>();

  /**
   * Without any secret used.
   *
   * @param secrets the value of a name
   */
  Disclosure(Function<String, Optional<String>> secrets) {
    this.secrets = secrets;
  }

  /** A secret is not there; the message names it. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String name) {
      super(
          "The secret %s is not there. An administrator puts it into the file <tenant>/%s below hodei.secrets.directory."
              .formatted(name, name),
          null,
          false,
          false);
    }
  }

  /** A text with its secrets. */
  String text(String template) throws Missing {
    return fill(template, UnaryOperator.identity());
  }

  /** An address with its secrets, encoded as parts of it. */
  String url(String template) throws Missing {
    return fill(template, Disclosure::encoded);
  }

  /** A value with the secrets in its texts. */
  Json json(Json template) throws Missing {
    return switch (template) {
      case Json.Text t -> new Json.Text(text(t.value()));
      case Json.Arr a -> {
        List<Json> items = new ArrayList<>(a.items().size());
        for (Json item : a.items()) {
          items.add(json(item));
        }
        yield new Json.Arr(items);
      }
      case Json.Obj o -> {
        Map<String, Json> members = LinkedHashMap.newLinkedHashMap(o.members().size());
        for (Map.Entry<String, Json> member : o.members().entrySet()) {
          members.put(member.getKey(), json(member.getValue()));
        }
        yield new Json.Obj(members);
      }
      default -> template;
    };
  }

  /** A text without the secrets used. */
  String mask(String text) {
    String masked = text;
    for (String form : forms()) {
      masked = masked.replace(form, MASK);
    }
    return masked;
  }

  /** Bytes without the secrets used. */
  byte[] mask(byte[] bytes) {
    if (used.isEmpty()) {
      return bytes;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String masked = text;
    for (String form : forms()) {
      masked =
          masked.replace(
              new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), MASK);
    }
    return masked.equals(text) ? bytes : masked.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** An address from an answer as it may be stored: with the names of secrets instead of them. */
  String hide(String url) {
    String hidden = url;
    for (Map.Entry<String, String> secret : used.entrySet()) {
      String reference = SecretText.reference(secret.getKey());
      hidden =
          hidden
              .replace(encoded(secret.getValue()), reference)
              .replace(secret.getValue(), reference);
    }
    return hidden;
  }

  private String fill(String template, UnaryOperator<String> encoding) throws Missing {
    StringBuilder filled = new StringBuilder();
    try {
      for (SecretText.Part part : SecretText.of(template).parts()) {
        switch (part) {
          case SecretText.Literal literal -> filled.append(literal.text());
          case SecretText.Reference reference ->
              filled.append(encoding.apply(value(reference.secret())));
        }
      }
    } catch (SecretText.Unknown e) {
      throw new IllegalStateException("A stored spec has an expression that is no secret", e);
    }
    return filled.toString();
  }

  private String value(String name) throws Missing {
    String known = used.get(name);
    if (known != null) {
      return known;
    }
    String value = secrets.apply(name).orElseThrow(() -> new Missing(name));
    used.put(name, value);
    return value;
  }

  /** The longest first, so that none leaves a rest of another. */
  private List<String> forms() {
    List<String> forms = new ArrayList<>();
    for (String secret : used.values()) {
      forms.add(secret);
      forms.add(encoded(secret));
      String quoted = new JsonWriter().value(secret).toString();
      forms.add(quoted.substring(1, quoted.length() - 1));
      forms.add(
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }
    return forms.stream()
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
