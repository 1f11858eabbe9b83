package io.hodei.pipelines;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.platform.Database;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Writes pipelines of tenant 1 for tests that are not about writing them. */
public final class PipelineTable {
  private static final AtomicLong IDS = new AtomicLong(1_000);

  private PipelineTable() {}

  /** Stores a pipeline from its document; its name is the member {@code name}. */
  public static void insert(Database admin, String json) {
    long id = IDS.incrementAndGet();
    Json.Obj document = (Json.Obj) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    String name = ((Json.Text) Objects.requireNonNull(document.members().get("name"))).value();
    admin
        .sql(
            "insert into pipelines (id, tenant_id, name, executor_type, current_id, current, newest) values (:id, 1, :name, 'noop', :id, 1, 1)")
        .set("id", id)
        .set("name", name)
        .execute();
    admin
        .sql(
            "insert into pipeline_versions (id, tenant_id, pipeline_id, number, digest, canonical, source, source_type, steps, created_by) values (:id, 1, :id, 1, sha256(convert_to(:json, 'UTF8')), :json, '', 'JSON', 1, 'test')")
        .set("id", id)
        .set("json", json)
        .execute();
  }
}
