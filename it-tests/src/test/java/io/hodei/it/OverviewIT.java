package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The tenant and the cluster at a glance, on a cluster that works. */
@Order(4)
class OverviewIT {
  private static final Pattern VERSION = Pattern.compile("^\\d+\\.\\d+\\.\\d+");
  private final DevCluster cluster = SharedCluster.get();
  private final Api api = SharedCluster.api();
  private final Jobs jobs = new Jobs(api);
  private final String run = "look-" + UUID.randomUUID().toString().substring(0, 8);

  private static long sum(JsonObject overview, String column) {
    return overview.getJsonArray("minutes").getValuesAs(JsonObject.class).stream()
        .mapToLong(minute -> minute.getJsonNumber(column).longValueExact())
        .sum();
  }

  private static List<JsonObject> attention(JsonObject overview, String kind) {
    return overview.getJsonArray("attention").getValuesAs(JsonObject.class).stream()
        .filter(item -> item.getString("kind").equals(kind))
        .toList();
  }

  private JsonObject overview() {
    return api.get("/overview").expect(200).json();
  }

  @Test
  void what_jobs_do_is_seen_within_seconds_on_both_nodes() {
    JsonObject before = overview();
    for (int i = 0; i < 5; i++) {
      jobs.submit(Jobs.command(run, "true"));
    }
    String first = jobs.submit(Jobs.command(run + "-bad", "false"));
    jobs.awaitEnd(first);
    jobs.awaitEnd(jobs.submit(Jobs.command(run + "-bad", "false")));

    for (URI node : cluster.urls()) {
      JsonObject after =
          await()
              .atMost(Duration.ofSeconds(20))
              .until(
                  () -> api.at(node).get("/overview").expect(200).json(),
                  found ->
                      sum(found, "finished") >= sum(before, "finished") + 7
                          && sum(found, "failed") >= sum(before, "failed") + 2);
      assertThat(sum(after, "submitted") - sum(before, "submitted")).isGreaterThanOrEqualTo(7);
      assertThat(after.getJsonArray("minutes")).hasSize(60);
      assertThat(after.getJsonArray("minutes").getValuesAs(JsonObject.class))
          .anyMatch(minute -> minute.containsKey("startP95Millis"))
          .anyMatch(minute -> minute.containsKey("running"));
      assertThat(after.getJsonObject("agents").getInt("online")).isEqualTo(2);
      assertThat(after.getJsonArray("nodes")).hasSize(2);
      assertThat(attention(after, "FAILING"))
          .anySatisfy(item -> assertThat(item.getString("name")).isEqualTo(run + "-bad"));
    }
  }

  @Test
  void a_job_that_nobody_can_execute_needs_attention_until_it_is_cancelled() {
    String id =
        jobs.submit(
            Jobs.with(Jobs.command(run, "true"), "requires", "{\"planet\":\"%s\"}".formatted(run)));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                attention(overview(), "QUEUE_WITHOUT_AGENTS").stream()
                    .anyMatch(item -> item.toString().contains(run)));
    api.post("/jobs/" + id + ":cancel", "{}").expect(202);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                attention(overview(), "QUEUE_WITHOUT_AGENTS").stream()
                    .noneMatch(item -> item.toString().contains(run)));
  }

  @Test
  void another_tenant_sees_its_own_nothing() {
    Api other =
        api.as(
            api.post("/tenants", "{\"name\":\"%s\"}".formatted(run))
                .expect(201)
                .json()
                .getString("adminToken"));
    JsonObject overview = other.get("/overview").expect(200).json();
    assertThat(sum(overview, "submitted")).isZero();
    assertThat(overview.getJsonArray("attention")).isEmpty();
    assertThat(overview.getJsonObject("agents").getInt("online")).isZero();
  }

  @Test
  void the_cluster_tells_its_nodes_duties_and_parts() {
    JsonObject seen = api.get("/cluster").expect(200).json();
    List<JsonObject> nodes = seen.getJsonArray("nodes").getValuesAs(JsonObject.class);
    assertThat(nodes.stream().filter(node -> node.getBoolean("alive"))).hasSize(2);
    assertThat(nodes)
        .allSatisfy(
            node ->
                assertThat(Instant.parse(node.getString("lastHeartbeatAt")))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5)));
    assertThat(nodes).extracting(node -> node.getString("version")).allMatch(VERSION.asPredicate());
    assertThat(nodes).filteredOn(node -> node.getBoolean("self", false)).hasSize(1);
    List<JsonObject> duties = seen.getJsonArray("duties").getValuesAs(JsonObject.class);
    assertThat(duties)
        .extracting(duty -> duty.getString("name"))
        .contains("overview", "console-sessions");
    assertThat(duties)
        .filteredOn(duty -> duty.getString("name").equals("overview"))
        .singleElement()
        .satisfies(
            duty -> {
              assertThat(duty.getBoolean("held")).isTrue();
              assertThat(duty.getString("nodeName")).isNotEmpty();
            });
    assertThat(seen.getJsonObject("grid").getInt("members")).isEqualTo(2);
    assertThat(seen.getJsonArray("caches")).isNotEmpty();
    assertThat(seen.getJsonArray("databasePools")).hasSize(2);
    assertThat(seen.getJsonObject("database").getBoolean("hanging")).isFalse();
  }

  @Test
  void lines_of_a_log_are_found_by_number_and_by_text() {
    String id =
        jobs.submit(
            Jobs.script(
                run,
                "seq -f 'line %.0f' 1 200000; echo 'a Needle here' >&2; seq -f 'line %.0f' 200001 200010"));
    jobs.awaitEnd(id);
    Answer line =
        api.get("/jobs/" + id + "/logs?stream=stdout&fromLine=150000&limit=12").expect(200);
    assertThat(line.text()).isEqualTo("line 150000\n");
    assertThat(line.header("Hodei-Log-Line")).contains("150000");
    assertThat(line.header("Hodei-Log-Lines-Ended")).contains("200010");
    String offset = line.header("Hodei-Log-Offset").orElseThrow();
    assertThat(
            api.get(
                    "/jobs/%s/logs?stream=stdout&offset=%s&lines=true&limit=1"
                        .formatted(id, offset))
                .expect(200)
                .header("Hodei-Log-Line"))
        .contains("150000");

    assertThat(search(id, "q=needle&stream=stderr"))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.getInt("line")).isEqualTo(1);
              assertThat(hit.getString("excerpt")).isEqualTo("a Needle here");
            });
    assertThat(search(id, "q=needle&matchCase=true")).isEmpty();
    assertThat(search(id, "q=line%20199999&stream=stdout"))
        .singleElement()
        .satisfies(hit -> assertThat(hit.getInt("line")).isEqualTo(199_999));
    assertThat(search(id, "q=99999&stream=stdout")).hasSize(2);
    api.get("/jobs/" + id + "/logs:search").expect(400);
    api.get("/jobs/" + id + "/logs:search?q=" + "x".repeat(201)).expect(400);
  }

  private List<JsonObject> search(String id, String query) {
    List<JsonObject> hits = new ArrayList<>();
    String from = "0";
    while (!from.isEmpty()) {
      JsonObject page =
          api.get("/jobs/%s/logs:search?%s&from=%s".formatted(id, query, from)).expect(200).json();
      hits.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      from = page.getString("nextCursor", "");
    }
    return hits;
  }

  @Test
  void the_audit_trail_is_read_by_time() {
    String before = Instant.now().minusSeconds(1).toString();
    api.post("/tokens", "{\"name\":\"%s\",\"role\":\"VIEWER\"}".formatted(run)).expect(201);
    String path = "/audit?action=token.create&from=" + before;
    assertThat(api.get(path).expect(200).items()).isNotEmpty();
    assertThat(api.get(path + "&to=" + before).expect(200).items()).isEmpty();
    api.get("/audit?from=yesterday").expect(400);
  }
}
