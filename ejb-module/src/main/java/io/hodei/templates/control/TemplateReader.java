package io.hodei.templates.control;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonReader;
import io.hodei.parameters.Parameter;
import io.hodei.parameters.ParameterReader;
import io.hodei.platform.DomainException;
import io.hodei.platform.FieldError;
import io.hodei.platform.Words;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.Template;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads documents of templates and prompts, and says all that is wrong with one at once. */
public final class TemplateReader {
  private static final int LONGEST_DOCUMENT = 256 << 10;
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_DESCRIPTION = 10_000;

  /** What a secret holds never becomes part of a job's document. */
  private static final Set<Parameter.Type> PARAMETER_TYPES =
      EnumSet.complementOf(EnumSet.of(Parameter.Type.SECRET));

  private static final int MOST_TAGS = 64;

  private TemplateReader() {}

  /**
   * Reads a document.
   *
   * @param name what the path calls it, which the document may leave out; null: it must not
   * @throws DomainException INVALID with a pointer for each thing that is wrong
   */
  public static Template read(Kind kind, Json json, @Nullable String name) {
    FieldErrors errors = new FieldErrors();
    Template template = parse(kind, json, name, errors);
    errors.refuse();
    Places places =
        new Places(
            template.parameters().stream().map(Parameter::name).collect(Collectors.toSet()),
            errors);
    places.check(template.job(), "/job");
    if (template.content() != null) {
      places.check(template.content(), "/content");
    }
    errors.refuse();
    tryOut(template, errors);
    errors.refuse();
    return template;
  }

  /** Reads what was stored. */
  public static Template stored(Kind kind, String canonical) {
    FieldErrors errors = new FieldErrors();
    Json json = JsonReader.read(canonical.getBytes(StandardCharsets.UTF_8));
    Template template = parse(kind, json, null, errors);
    errors.refuse();
    return template;
  }

  private static Template parse(
      Kind kind, Json json, @Nullable String expected, FieldErrors errors) {
    JsonFields fields = JsonFields.of(json, "", errors);
    String name = name(fields, expected);
    String title = fields.text("title", LONGEST_TITLE);
    String description = fields.text("description", LONGEST_DESCRIPTION);
    List<String> tags = tags(fields, errors);
    List<Parameter> parameters = new ParameterReader(PARAMETER_TYPES, errors).read(fields);
    Json.Obj job = job(kind, fields);
    String content = null;
    String tool = null;
    if (kind == Kind.PROMPT) {
      content = fields.requiredText("content", LONGEST_DOCUMENT);
      tool = word(fields, "tool", fields.requiredText("tool", 63));
    }
    fields.finish();
    String canonical = canonical(json, name, errors);
    return new Template(
        kind,
        name,
        title == null || title.isBlank() ? name : title,
        description,
        tags,
        parameters,
        job,
        content,
        tool,
        canonical);
  }

  private static String canonical(Json json, String name, FieldErrors errors) {
    if (!(json instanceof Json.Obj document)) {
      return "";
    }
    Map<String, Json> members = new LinkedHashMap<>(document.members());
    members.put("name", new Json.Text(name));
    String canonical = Canonical.text(Canonical.of(new Json.Obj(members)));
    if (canonical.getBytes(StandardCharsets.UTF_8).length > LONGEST_DOCUMENT) {
      errors.add("", "is larger than %d bytes".formatted(LONGEST_DOCUMENT));
    }
    return canonical;
  }

  private static String name(JsonFields fields, @Nullable String expected) {
    if (expected != null && fields.any("name") == null) {
      return expected;
    }
    String name = word(fields, "name", fields.requiredText("name", 63));
    if (expected != null && !name.isEmpty() && !name.equals(expected)) {
      fields.refuse(
          "name", "is %s, but the path says %s; both must be the same".formatted(name, expected));
    }
    return name;
  }

  private static String word(JsonFields fields, String member, String text) {
    if (!text.isBlank() && !Words.isPool(text)) {
      fields.refuse(
          member,
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
      return "";
    }
    return text;
  }

  private static List<String> tags(JsonFields fields, FieldErrors errors) {
    List<String> tags = fields.texts("tags", MOST_TAGS, 63);
    if (tags == null) {
      return List.of();
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < tags.size(); i++) {
      if (!Words.isLabelKey(tags.get(i))) {
        errors.add(
            fields.at("tags") + "/" + i,
            "must be 1 to 63 letters, digits or . _ / -, and begin with a letter or digit");
      } else if (!seen.add(tags.get(i))) {
        errors.add(fields.at("tags") + "/" + i, "is there twice");
      }
    }
    return tags;
  }

  private static Json.Obj job(Kind kind, JsonFields fields) {
    Json job = fields.any("job");
    if (job instanceof Json.Obj object) {
      JsonFields members = fields.object("job");
      if (kind == Kind.PROMPT && members != null && members.any("spec") != null) {
        members.refuse("spec", "is made from the tool and the content; leave it out");
      }
      return object;
    }
    if (job != null) {
      fields.refuse("job", "must be an object, not " + job.kind());
    } else if (kind == Kind.TEMPLATE) {
      fields.refuse("job", "is required; it is what POST /jobs takes");
    }
    return new Json.Obj(Map.of());
  }

  /**
   * Makes a job from it as if somebody had given values. What is wrong where no value was inserted
   * is the author's mistake; the rest is decided by the values.
   */
  private static void tryOut(Template template, FieldErrors errors) {
    Json.Obj made = JobDocument.sample(template, errors);
    try {
      JobInput.read(made);
    } catch (DomainException e) {
      boolean anyExecutor = Places.isOpen(at(template.job(), "/spec/executor"));
      for (FieldError error : e.errors()) {
        boolean ofValues =
            Places.isOpen(at(template.job(), error.pointer()))
                || (anyExecutor && error.pointer().startsWith("/spec"));
        if (!ofValues) {
          errors.add("/job" + error.pointer(), error.message());
        }
      }
    }
  }

  /** What stands at a pointer, or the text above it that stands for all of it; null: nothing. */
  private static @Nullable Json at(Json json, String pointer) {
    @Nullable Json at = json;
    for (String step : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      if (at instanceof Json.Obj object) {
        at = object.members().get(name);
      } else if (at instanceof Json.Arr array) {
        boolean index = name.matches("\\d{1,6}") && Integer.parseInt(name) < array.items().size();
        at = index ? array.items().get(Integer.parseInt(name)) : null;
      }
    }
    return at;
  }
}
