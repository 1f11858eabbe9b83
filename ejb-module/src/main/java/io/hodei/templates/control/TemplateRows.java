package io.hodei.templates.control;

import io.hodei.json.Json;
import io.hodei.platform.Database;
import io.hodei.platform.Row;
import io.hodei.templates.entity.AppliedTemplate;
import io.hodei.templates.entity.ExportedTemplate;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.Template;
import io.hodei.templates.entity.TemplateFilter;
import io.hodei.templates.entity.TemplateVersion;
import io.hodei.templates.entity.TemplateView;
import jakarta.enterprise.context.Dependent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Runs the statements on templates and their versions; each takes as many as there are. */
@Dependent
public class TemplateRows {
  /** A template whose row is locked until the transaction ends. */
  public record Locked(long id, String name, int newest, String digest) {}

  /** A content that gets a number. */
  public record Numbered(long id, int number, Template template) {}

  public List<TemplateView> list(
      Database database, long tenantId, Kind kind, TemplateFilter filter, long before, int limit) {
    String name = filter.name() == null ? "" : filter.name();
    boolean prefix = name.endsWith("*");
    String words = filter.words() == null ? "" : filter.words();
    boolean search = !filter.tags().isEmpty() || !words.isBlank();
    Database.Query query =
        database
            .sql(search ? TemplateSql.SEARCH : TemplateSql.LIST)
            .set("tenant", tenantId)
            .set("kind", kind.name())
            .set("name", prefix ? "" : name)
            .set("prefix", prefix ? name.substring(0, name.length() - 1) : "")
            .set("before", before)
            .set("limit", limit);
    if (search) {
      query.set("tags", filter.tags().toArray(String[]::new)).set("words", words.strip());
    }
    return query.list(TemplateRows::view);
  }

  public Optional<TemplateView> find(Database database, long tenantId, Kind kind, String name) {
    return database
        .sql(TemplateSql.BY_NAME)
        .set("tenant", tenantId)
        .set("kind", kind.name())
        .set("name", name)
        .first(TemplateRows::view);
  }

  /** Those of the names that are there, by name. */
  public Map<String, Locked> lock(Database database, long tenantId, Kind kind, List<String> names) {
    Map<String, Locked> locked = new HashMap<>();
    database
        .sql(TemplateSql.LOCK)
        .set("tenant", tenantId)
        .set("kind", kind.name())
        .set("names", names.toArray(String[]::new))
        .list(
            row ->
                new Locked(
                    row.number("id"), row.text("name"), row.integer("newest"), row.text("digest")))
        .forEach(row -> locked.put(row.name(), row));
    return locked;
  }

  /** Makes them; answers the names of those that were made. */
  public Set<String> create(Database database, long tenantId, Kind kind, List<Numbered> templates) {
    return new HashSet<>(
        described(database.sql(TemplateSql.CREATE), tenantId, templates)
            .set("kind", kind.name())
            .set("names", texts(templates, each -> each.template().name()))
            .list(row -> row.text("name")));
  }

  public void change(Database database, long tenantId, List<Numbered> templates) {
    described(database.sql(TemplateSql.CHANGE), tenantId, templates)
        .set("numbers", numbers(templates, Numbered::number))
        .update();
  }

  private static Database.Query described(
      Database.Query query, long tenantId, List<Numbered> templates) {
    return query
        .set("tenant", tenantId)
        .set("ids", templates.stream().mapToLong(Numbered::id).toArray())
        .set("titles", texts(templates, each -> each.template().title()))
        .set(
            "descriptions",
            templates.stream().map(e -> e.template().description()).toArray(String[]::new))
        .set("tags", texts(templates, each -> String.join(" ", each.template().tags())))
        .set("tools", templates.stream().map(e -> e.template().tool()).toArray(String[]::new))
        .set("words", texts(templates, each -> words(each.template())));
  }

  public void addVersions(Database database, long tenantId, String by, List<Numbered> templates) {
    database
        .sql(TemplateSql.ADD_VERSIONS)
        .set("tenant", tenantId)
        .set("by", by)
        .set("ids", templates.stream().mapToLong(Numbered::id).toArray())
        .set("numbers", numbers(templates, Numbered::number))
        .set("digests", texts(templates, each -> digest(each.template().canonical())))
        .set("documents", texts(templates, each -> each.template().canonical()))
        .update();
  }

  /** Writes events of those that changed. */
  public void tell(Database database, long tenantId, Kind kind, List<AppliedTemplate> changed) {
    tell(
        database,
        tenantId,
        changed,
        applied -> kind.noun() + "." + applied.outcome().name().toLowerCase(Locale.ROOT));
  }

  /** Removes one with all its versions, and writes the event. */
  public void delete(Database database, long tenantId, Kind kind, Locked locked) {
    database.sql(TemplateSql.DELETE).set("tenant", tenantId).set("id", locked.id()).update();
    AppliedTemplate gone =
        new AppliedTemplate(locked.name(), AppliedTemplate.Outcome.UNCHANGED, locked.newest());
    tell(database, tenantId, List.of(gone), applied -> kind.noun() + ".deleted");
  }

  private static void tell(
      Database database,
      long tenantId,
      List<AppliedTemplate> templates,
      Function<AppliedTemplate, String> topic) {
    database
        .sql(TemplateSql.TELL)
        .set("tenant", tenantId)
        .set("topics", texts(templates, topic))
        .set("names", texts(templates, AppliedTemplate::name))
        .set("numbers", numbers(templates, AppliedTemplate::version))
        .update();
  }

  /** A version; number 0: the newest. */
  public Optional<TemplateVersion> version(
      Database database, long tenantId, Kind kind, String name, int number) {
    return database
        .sql(TemplateSql.VERSION)
        .set("tenant", tenantId)
        .set("kind", kind.name())
        .set("name", name)
        .set("number", number)
        .first(TemplateRows::version);
  }

  public List<TemplateVersion> versions(
      Database database, long tenantId, Kind kind, String name, int before, int limit) {
    return database
        .sql(TemplateSql.VERSIONS)
        .set("tenant", tenantId)
        .set("kind", kind.name())
        .set("name", name)
        .set("before", before)
        .set("limit", limit)
        .list(TemplateRows::version);
  }

  public List<ExportedTemplate> export(
      Database database, long tenantId, Kind kind, String name, long after, int limit) {
    return database
        .sql(TemplateSql.EXPORT)
        .set("tenant", tenantId)
        .set("kind", kind.name())
        .set("name", name)
        .set("after", after)
        .set("limit", limit)
        .list(row -> new ExportedTemplate(row.number("id"), row.text("document")));
  }

  /** The identity of a content. */
  public static String digest(String canonical) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** What a search looks at. */
  private static String words(Template template) {
    StringBuilder words = new StringBuilder();
    words.append(template.name()).append('\n').append(template.title()).append('\n');
    words.append(template.description() == null ? "" : template.description()).append('\n');
    words.append(template.content() == null ? "" : template.content()).append('\n');
    addTexts(template.job(), words);
    return words.toString();
  }

  private static void addTexts(Json json, StringBuilder words) {
    switch (json) {
      case Json.Text text -> words.append(text.value()).append('\n');
      case Json.Obj object -> object.members().values().forEach(each -> addTexts(each, words));
      case Json.Arr array -> array.items().forEach(each -> addTexts(each, words));
      default -> {}
    }
  }

  private static <T> String[] texts(List<T> items, Function<T, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }

  private static <T> int[] numbers(List<T> items, ToIntFunction<T> number) {
    return items.stream().mapToInt(number).toArray();
  }

  private static TemplateView view(Row row) throws SQLException {
    return new TemplateView(
        row.number("id"),
        row.text("name"),
        row.text("title"),
        row.textOrNull("description"),
        List.of(row.texts("tags")),
        row.textOrNull("tool"),
        row.integer("newest"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private static TemplateVersion version(Row row) throws SQLException {
    return new TemplateVersion(
        row.text("name"),
        row.integer("number"),
        row.text("digest"),
        row.text("document"),
        row.instant("created_at"),
        row.text("created_by"));
  }
}
