package io.hodei.web.templates;

import io.hodei.json.Json;
import io.hodei.json.JsonElements;
import io.hodei.json.JsonRefused;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.entity.AppliedTemplate;
import io.hodei.templates.entity.AppliedTemplate.Outcome;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.Template;
import io.hodei.web.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The documents of one import: those that can be stored, and why the others cannot. */
final class TemplateBatch {
  private final List<Template> templates = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final TreeMap<Integer, Problem> refused = new TreeMap<>();

  private TemplateBatch() {}

  /**
   * Reads an import to its end.
   *
   * @param lines whether a line that is not JSON is one refused document; in an array it ends the
   *     import
   * @throws DomainException TOO_LARGE when there are too many, INVALID when an array is not JSON
   */
  static TemplateBatch read(Kind kind, JsonElements elements, boolean lines) throws IOException {
    TemplateBatch batch = new TemplateBatch();
    for (int index = 0; ; index++) {
      try {
        Optional<Json> element = elements.next();
        if (element.isEmpty()) {
          return batch;
        }
        refuseMore(index);
        batch.add(TemplateInput.document(kind, element.get(), null));
      } catch (JsonRefused e) {
        if (!lines) {
          throw e;
        }
        refuseMore(index);
        batch.refused.put(index, Problem.of(e));
      } catch (DomainException e) {
        if (e.code() != ErrorCode.INVALID) {
          throw e;
        }
        batch.refused.put(index, Problem.of(e));
      }
    }
  }

  List<Template> templates() {
    return templates;
  }

  /** What was changed, for the audit trail. */
  String detail() {
    return new JsonWriter()
        .object()
        .member("documents", templates.size())
        .member("refused", refused.size())
        .endObject()
        .toString();
  }

  /**
   * The answer with one result per document.
   *
   * @param applied what became of those that could be stored, in their order
   */
  String answer(List<AppliedTemplate> applied) {
    JsonWriter out = new JsonWriter(64 + 80 * applied.size()).object();
    for (Outcome outcome : Outcome.values()) {
      long count = applied.stream().filter(each -> each.outcome() == outcome).count();
      out.member(outcome.name().toLowerCase(Locale.ROOT), count);
    }
    out.member("refused", refused.size()).array("items");
    int done = 0;
    for (int index = 0; index < applied.size() + refused.size(); index++) {
      @Nullable Problem problem = refused.get(index);
      out.object().member("index", index);
      if (problem == null) {
        AppliedTemplate each = applied.get(done++);
        out.member("status", each.outcome() == Outcome.CREATED ? 201 : 200)
            .member("name", each.name())
            .member("version", each.version())
            .member("outcome", each.outcome());
      } else {
        out.member("status", problem.code().status()).name("problem");
        problem.write(out);
      }
      out.endObject();
    }
    return out.endArray().endObject().toString();
  }

  private void add(Template template) {
    if (!names.add(template.name())) {
      throw DomainException.invalid(
          "/name", "%s stands in this import before already".formatted(template.name()));
    }
    templates.add(template);
  }

  private static void refuseMore(int index) {
    if (index >= TemplateInput.MOST_AT_ONCE) {
      throw new DomainException(
          ErrorCode.TOO_LARGE,
          "An import has at most %d documents; nothing was stored. Send it in parts."
              .formatted(TemplateInput.MOST_AT_ONCE));
    }
  }
}
