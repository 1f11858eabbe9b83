package io.hodei.templates.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.parameters.ParameterValues;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Template;
import io.hodei.templates.entity.TemplateRun;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what POST /jobs takes from a template and values. */
public final class JobDocument {
  private JobDocument() {}

  /**
   * The job of a template; what is wrong with the parameters goes to the errors.
   *
   * @param version its number, for the label
   * @param tool of a prompt; null for a template
   */
  public static Json.Obj of(
      Template template, int version, TemplateRun run, @Nullable NewTool tool, FieldErrors errors) {
    Map<String, Json> values =
        ParameterValues.complete(template.parameters(), run.parameters(), "/parameters", errors);
    return made(template, version, run, tool, new Filling(values, errors));
  }

  /** A job as it may come out, to see what is wrong with it. */
  static Json.Obj sample(Template template, FieldErrors errors) {
    NewTool tool =
        template.content() == null
            ? null
            : new NewTool("tool", List.of("tool"), Map.of(), null, Map.of());
    Filling filling = new Filling(ParameterValues.samples(template.parameters()), errors);
    return made(template, 1, TemplateRun.of(null, Map.of()), tool, filling);
  }

  private static Json.Obj made(
      Template template, int version, TemplateRun run, @Nullable NewTool tool, Filling filling) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("name", new Json.Text(template.name()));
    members.putAll(filling.job(template.job()).members());
    if (run.name() != null) {
      members.put("name", new Json.Text(run.name()));
    }
    if (run.priority() != null) {
      members.put("priority", run.priority());
    }
    String content = template.content();
    if (tool != null && content != null) {
      use(tool, filling.text(content, "/content"), members);
    }
    Map<String, String> labels = new LinkedHashMap<>(run.labels());
    labels.put(template.kind().label(), template.name());
    labels.put(template.kind().versionLabel(), String.valueOf(version));
    join(members, "labels", labels);
    return new Json.Obj(members);
  }

  private static void use(NewTool tool, String content, Map<String, Json> members) {
    Map<String, Json> spec = new LinkedHashMap<>();
    spec.put("command", new Json.Arr(tool.command().stream().<Json>map(Json.Text::new).toList()));
    if (!tool.environment().isEmpty()) {
      spec.put("environment", texts(tool.environment()));
    }
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    spec.put("stdin", new Json.Text(Base64.getEncoder().encodeToString(bytes)));
    members.put("spec", new Json.Obj(spec));
    if (tool.pool() != null) {
      members.putIfAbsent("pool", new Json.Text(tool.pool()));
    }
    if (!tool.requires().isEmpty()) {
      join(members, "requires", tool.requires());
    }
  }

  /** Adds to what is there; what is no object stays, for the reader of the job to refuse. */
  private static void join(Map<String, Json> members, String name, Map<String, String> more) {
    Json there = members.getOrDefault(name, Json.Null.INSTANCE);
    if (there instanceof Json.Obj own) {
      Map<String, Json> both = new LinkedHashMap<>(own.members());
      both.putAll(texts(more).members());
      members.put(name, new Json.Obj(both));
    } else if (there instanceof Json.Null) {
      members.put(name, texts(more));
    }
  }

  private static Json.Obj texts(Map<String, String> texts) {
    Map<String, Json> members = new LinkedHashMap<>();
    texts.forEach((name, text) -> members.put(name, new Json.Text(text)));
    return new Json.Obj(members);
  }
}
