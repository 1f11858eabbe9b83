package io.hodei.pipelines.control;

import io.hodei.pipelines.entity.PipelineDocument;
import io.hodei.pipelines.entity.PipelineFilter;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.pipelines.entity.PipelineVersion.SourceType;
import io.hodei.pipelines.entity.PipelineView;
import io.hodei.platform.Database;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Id;
import io.hodei.platform.Row;
import jakarta.enterprise.context.Dependent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Runs the statements on pipelines and their versions. */
@Dependent
public class PipelineRows {
  /** A pipeline whose row is locked until the transaction ends. */
  public record Locked(long id, long currentId, int current, int newest, int version) {}

  /** A version that is there. */
  public record Known(long id, int number) {}

  public List<PipelineView> list(
      Database database, long tenantId, PipelineFilter filter, long before, int limit) {
    String name = filter.name() == null ? "" : filter.name();
    boolean prefix = name.endsWith("*");
    return database
        .sql(PipelineSql.LIST)
        .set("tenant", tenantId)
        .set("before", before)
        .set("name", prefix ? "" : name)
        .set("prefix", prefix ? name.substring(0, name.length() - 1) : "")
        .set("executor", filter.executor() == null ? "" : filter.executor())
        .set(
            "keys",
            filter.labels().stream().map(PipelineFilter.LabelMatch::key).toArray(String[]::new))
        .set(
            "values",
            filter.labels().stream().map(PipelineFilter.LabelMatch::value).toArray(String[]::new))
        .set("limit", limit)
        .list(PipelineRows::view);
  }

  public Optional<PipelineView> find(Database database, long tenantId, String name) {
    return database
        .sql(PipelineSql.BY_NAME)
        .set("tenant", tenantId)
        .set("name", name)
        .first(PipelineRows::view);
  }

  public Optional<Locked> lock(Database database, long tenantId, String name) {
    return database
        .sql(PipelineSql.LOCK)
        .set("tenant", tenantId)
        .set("name", name)
        .first(
            row ->
                new Locked(
                    row.number("id"),
                    row.number("current_id"),
                    row.integer("current"),
                    row.integer("newest"),
                    row.integer("version")));
  }

  /** Whether it was made; false when there is one of that name already. */
  public boolean create(
      Database database, long tenantId, long id, PipelineDocument document, long versionId) {
    return described(database.sql(PipelineSql.CREATE), tenantId, id, document)
        .set("name", document.pipeline().name())
        .set("version_id", versionId)
        .exists();
  }

  /** Makes a version the current one. */
  public void change(
      Database database, long tenantId, long id, PipelineDocument document, Known version) {
    described(database.sql(PipelineSql.CHANGE), tenantId, id, document)
        .set("version_id", version.id())
        .set("number", version.number())
        .update();
  }

  private static Database.Query described(
      Database.Query query, long tenantId, long id, PipelineDocument document) {
    return query
        .set("tenant", tenantId)
        .set("id", id)
        .set("description", document.pipeline().description())
        .set("labels", FlatJson.write(document.pipeline().labels()))
        .set("executor", document.executor());
  }

  public void delete(Database database, long tenantId, long id) {
    database.sql(PipelineSql.DELETE).set("tenant", tenantId).set("id", id).update();
  }

  public void addVersion(
      Database database,
      long tenantId,
      long pipelineId,
      Known version,
      PipelineDocument document,
      String by) {
    database
        .sql(PipelineSql.ADD_VERSION)
        .set("id", version.id())
        .set("tenant", tenantId)
        .set("pipeline", pipelineId)
        .set("number", version.number())
        .set("digest", digest(document.canonical()))
        .set("canonical", document.canonical())
        .set("source", document.source())
        .set("type", document.sourceType().name())
        .set("steps", document.pipeline().steps().size())
        .set("by", by)
        .update();
  }

  public Optional<Known> withContent(
      Database database, long tenantId, long pipelineId, String canonical) {
    return database
        .sql(PipelineSql.WITH_CONTENT)
        .set("tenant", tenantId)
        .set("pipeline", pipelineId)
        .set("digest", digest(canonical))
        .first(row -> new Known(row.number("id"), row.integer("number")));
  }

  public Optional<String> canonical(Database database, long tenantId, long versionId) {
    return database
        .sql(PipelineSql.CANONICAL)
        .set("tenant", tenantId)
        .set("id", versionId)
        .first(row -> row.text("canonical"));
  }

  /** A version; number 0: the current one. */
  public Optional<PipelineVersion> version(
      Database database, long tenantId, String name, int number) {
    return database
        .sql(PipelineSql.VERSION)
        .set("tenant", tenantId)
        .set("name", name)
        .set("number", number)
        .first(PipelineRows::version);
  }

  public List<PipelineVersion> versions(
      Database database, long tenantId, String name, int before, int limit) {
    return database
        .sql(PipelineSql.VERSIONS)
        .set("tenant", tenantId)
        .set("name", name)
        .set("before", before)
        .set("limit", limit)
        .list(PipelineRows::version);
  }

  /** Writes an event. */
  public void tell(
      Database database, long tenantId, String topic, long pipelineId, String name, int number) {
    database
        .sql(PipelineSql.TELL)
        .set("tenant", tenantId)
        .set("topic", topic)
        .set("pipeline", Id.format(pipelineId))
        .set("name", name)
        .set("number", number)
        .update();
  }

  private static byte[] digest(String canonical) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(canonical.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static PipelineView view(Row row) throws SQLException {
    return new PipelineView(
        row.number("id"),
        row.text("name"),
        row.textOrNull("description"),
        FlatJson.read(row.text("labels")),
        row.text("executor_type"),
        row.number("current_id"),
        row.integer("current"),
        row.integer("newest"),
        row.integer("steps"),
        row.integer("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private static PipelineVersion version(Row row) throws SQLException {
    return new PipelineVersion(
        row.number("id"),
        row.number("pipeline_id"),
        row.text("name"),
        row.integer("number"),
        HexFormat.of().formatHex(row.bytes("digest")),
        row.text("canonical"),
        row.text("source"),
        SourceType.valueOf(row.text("source_type")),
        row.integer("steps"),
        row.flag("is_current"),
        row.instant("created_at"),
        row.text("created_by"));
  }
}
