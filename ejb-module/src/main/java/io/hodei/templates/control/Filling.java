package io.hodei.templates.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.templates.control.Placeholders.Literal;
import io.hodei.templates.control.Placeholders.Part;
import io.hodei.templates.control.Placeholders.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts values in the places of a document, in one pass: what was inserted is never looked at again.
 * In a script for the shell a value becomes one quoted word; elsewhere it stands as it is. A text
 * that is one placeholder and nothing else becomes a number or boolean when its parameter is one,
 * except where a job only takes texts.
 */
final class Filling {
  /** A filled document is at most that long; values are inserted as often as they are named. */
  private static final int LONGEST = 1 << 20;

  private static final List<String> ONLY_TEXTS =
      List.of("/job/spec/", "/job/labels/", "/job/requires/");

  private final Map<String, Json> values;
  private final FieldErrors errors;
  private final Set<String> missing = new HashSet<>();
  private int length;

  Filling(Map<String, Json> values, FieldErrors errors) {
    this.values = values;
    this.errors = errors;
  }

  /** The job with all its places filled. */
  Json.Obj job(Json.Obj job) {
    return object(job, "/job");
  }

  /** A text of its own. */
  String text(String text, String place) {
    return join(Placeholders.parse(text, place, errors), place);
  }

  private Json.Obj object(Json.Obj object, String place) {
    Map<String, Json> members = LinkedHashMap.newLinkedHashMap(object.members().size());
    object
        .members()
        .forEach((name, member) -> members.put(name, fill(member, Places.below(place, name))));
    return new Json.Obj(members);
  }

  private Json fill(Json json, String place) {
    return switch (json) {
      case Json.Text text when Placeholders.in(text.value()) -> filled(text.value(), place);
      case Json.Obj object -> object(object, place);
      case Json.Arr array -> {
        List<Json> items = new ArrayList<>(array.items().size());
        for (int i = 0; i < array.items().size(); i++) {
          items.add(fill(array.items().get(i), place + "/" + i));
        }
        yield new Json.Arr(items);
      }
      default -> json;
    };
  }

  private Json filled(String text, String place) {
    List<Part> parts = Placeholders.parse(text, place, errors);
    boolean alone = parts.size() == 1 && parts.getFirst() instanceof Value;
    if (alone && ONLY_TEXTS.stream().noneMatch(place::startsWith)) {
      return value((Value) parts.getFirst(), place);
    }
    return new Json.Text(join(parts, place));
  }

  private String join(List<Part> parts, String place) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> text.append(literal.text());
        case Value value -> {
          String inserted = inserted(value, place);
          count(inserted.length());
          text.append(inserted);
        }
      }
    }
    return text.toString();
  }

  private String inserted(Value value, String place) {
    String text = written(value(value, place));
    return place.equals(Places.SHELL) && !value.raw() ? ShellText.quote(text) : text;
  }

  private Json value(Value place, String where) {
    Json value = values.get(place.name());
    if (value == null) {
      if (missing.add(place.name())) {
        errors.add(
            Places.below("/parameters", place.name()),
            "is needed by %s, was not given and has no default".formatted(where));
      }
      return new Json.Text("");
    }
    return value;
  }

  private void count(int inserted) {
    length += inserted;
    if (length > LONGEST) {
      throw new DomainException(
          ErrorCode.TOO_LARGE,
          "Filled with these values the document is larger than %d characters. Give shorter values."
              .formatted(LONGEST));
    }
  }

  private static String written(Json value) {
    return switch (value) {
      case Json.Text text -> text.value();
      case Json.Num number -> number.literal();
      case Json.Bool bool -> Boolean.toString(bool.value());
      default -> "";
    };
  }
}
