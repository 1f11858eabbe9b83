package io.hodei.templates.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.templates.control.Placeholders.Part;
import io.hodei.templates.control.Placeholders.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks every placeholder of a document. */
final class Places {
  /** The one text that a shell reads. */
  static final String SHELL = "/job/spec/shell";

  private final Set<String> known;
  private final FieldErrors errors;

  Places(Set<String> known, FieldErrors errors) {
    this.known = known;
    this.errors = errors;
  }

  /** Tells of placeholders without a parameter, and of those in a wrong place. */
  void check(Json json, String place) {
    switch (json) {
      case Json.Text text -> check(text.value(), place);
      case Json.Obj object ->
          object
              .members()
              .forEach(
                  (name, member) -> {
                    refuseZero(name, place);
                    check(member, below(place, name));
                  });
      case Json.Arr array -> {
        for (int i = 0; i < array.items().size(); i++) {
          check(array.items().get(i), place + "/" + i);
        }
      }
      case Json.Num n -> {}
      case Json.Bool b -> {}
      case Json.Null n -> {}
    }
  }

  void check(String text, String place) {
    refuseZero(text, place);
    List<Part> parts = Placeholders.parse(text, place, errors);
    for (Part part : parts) {
      if (part instanceof Value value && !known.contains(value.name())) {
        errors.add(
            place,
            "has {{%s}}, which is no parameter; known are %s"
                .formatted(value.name(), known.stream().sorted().toList()));
      }
    }
    if (place.equals(SHELL)) {
      ShellText.check(parts, place, errors);
    }
  }

  private void refuseZero(String text, String place) {
    if (text.indexOf('\0') >= 0) {
      errors.add(place, "contains the character U+0000");
    }
  }

  static String below(String place, String name) {
    return place + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** Whether a value may change when it is filled. */
  static boolean isOpen(@Nullable Json json) {
    return switch (json) {
      case null -> false;
      case Json.Text text -> Placeholders.in(text.value());
      case Json.Obj object -> object.members().values().stream().anyMatch(Places::isOpen);
      case Json.Arr array -> array.items().stream().anyMatch(Places::isOpen);
      default -> false;
    };
  }
}
