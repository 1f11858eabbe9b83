package io.hodei.web.templates;

import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Words;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateVersion;
import io.hodei.templates.entity.TemplateView;
import io.hodei.web.http.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes templates and prompts as clients see them. */
final class TemplateOutput {
  /** The members of a template in a list. */
  static final List<String> FIELDS =
      List.of(
          "id",
          "name",
          "title",
          "description",
          "tags",
          "tool",
          "version",
          "createdAt",
          "updatedAt");

  static final Set<String> ALL = Set.copyOf(FIELDS);

  private TemplateOutput() {}

  /** The name in a path; what is none is not found either. */
  static String name(Kind kind, String text) {
    if (!Words.isPool(text)) {
      throw DomainException.notFound(
          kind.noun(), text.length() > 70 ? text.substring(0, 70) + "…" : text);
    }
    return text;
  }

  /** The number of a version; 0 when it is none. */
  static int number(String text) {
    return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
  }

  /** The members that are asked for. */
  static Set<String> fields(Query query) {
    String text = query.text("fields");
    if (text == null) {
      return ALL;
    }
    List<String> fields = List.of(text.split(",", -1));
    if (!FIELDS.containsAll(fields)) {
      query.errors().add("?fields", "must be names from " + FIELDS + " with commas");
    }
    return Set.copyOf(new HashSet<>(fields));
  }

  static void write(JsonWriter out, TemplateView template, Set<String> fields) {
    out.object();
    members(out, template, fields);
    out.endObject();
  }

  static void members(JsonWriter out, TemplateView template, Set<String> fields) {
    for (String field : FIELDS) {
      if (fields.contains(field)) {
        member(out, template, field);
      }
    }
  }

  private static void member(JsonWriter out, TemplateView template, String field) {
    switch (field) {
      case "id" -> out.id(field, template.id());
      case "name" -> out.member(field, template.name());
      case "title" -> out.member(field, template.title());
      case "description" -> out.member(field, template.description());
      case "tags" -> out.texts(field, template.tags());
      case "tool" -> out.member(field, template.tool());
      case "version" -> out.member(field, (long) template.version());
      case "createdAt" -> out.member(field, template.createdAt());
      default -> out.member(field, template.updatedAt());
    }
  }

  /** One version; with its document when it has one. */
  static JsonWriter write(JsonWriter out, TemplateVersion version) {
    out.object()
        .member("name", version.name())
        .member("version", (long) version.number())
        .member("digest", version.digest())
        .member("createdAt", version.createdAt())
        .member("createdBy", version.createdBy());
    if (!version.document().isEmpty()) {
      out.json("document", version.document());
    }
    return out.endObject();
  }
}
