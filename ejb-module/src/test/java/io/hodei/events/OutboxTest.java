package io.hodei.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cluster.Term;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Caller CALLER =
      new Caller(1, "one", 1, "test", Role.ADMIN, Role.ADMIN.permissions());
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final Outbox outbox = new Outbox(DATABASE.engine());

  @BeforeEach
  void empty() {
    RelayDuty.begin(DATABASE);
  }

  private static void write(Connection connection, long tenant, String topic, String items)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "insert into outbox (tenant_id, topic, items) values (?, ?, cast(? as jsonb))")) {
      statement.setLong(1, tenant);
      statement.setString(2, topic);
      statement.setString(3, items);
      statement.executeUpdate();
    }
  }

  private static void write(long tenant, String topic, String items) {
    DATABASE
        .engine()
        .sql("insert into outbox (tenant_id, topic, items) values (:t, :topic, cast(:i as jsonb))")
        .set("t", tenant)
        .set("topic", topic)
        .set("i", items)
        .update();
  }

  private List<String> itemsAfter(long position) {
    return outbox.after(position, 1000, 100_000).stream().map(OutboxRow::items).toList();
  }

  @Test
  void a_transaction_that_commits_late_gets_a_later_position_and_no_follower_misses_it()
      throws Exception {
    try (Connection early = DATABASE.engineConnection()) {
      write(early, 1, "job.created", "[{\"n\": 1}]");
      write(1, "job.created", "[{\"n\": 2}]");
      assertThat(outbox.relay(RelayDuty.TERM, 100)).isEqualTo(1);
      long cursor = outbox.head();
      early.commit();
      assertThat(outbox.relay(RelayDuty.TERM, 100)).isEqualTo(1);
      assertThat(itemsAfter(cursor)).containsExactly("[{\"n\": 1}]");
    }
  }

  @Test
  void positions_follow_the_order_of_ids_within_a_round_and_over_rounds() {
    IntStream.range(0, 250).forEach(i -> write(1, "job.changed", "[{\"n\": " + i + "}]"));
    assertThat(outbox.relay(RelayDuty.TERM, 100)).isEqualTo(100);
    assertThat(outbox.relay(RelayDuty.TERM, 100)).isEqualTo(100);
    assertThat(outbox.relay(RelayDuty.TERM, 100)).isEqualTo(50);
    assertThat(itemsAfter(0))
        .containsExactlyElementsOf(
            IntStream.range(0, 250).mapToObj(i -> "[{\"n\": " + i + "}]").toList());
  }

  @Test
  void each_aggregate_keeps_its_order_and_nothing_is_lost_while_many_write_and_a_relay_works()
      throws Exception {
    int writers = 4;
    int changes = 60;
    DATABASE
        .admin()
        .sql("create table if not exists aggregates (id integer primary key, n integer not null)")
        .execute();
    DATABASE.admin().sql("grant all on aggregates to hodei_engine").execute();
    DATABASE
        .admin()
        .sql(
            "insert into aggregates select i, 0 from generate_series(1, 5) i on conflict (id) do update set n = 0")
        .execute();
    List<String> followed = new CopyOnWriteArrayList<>();
    try (var threads = Executors.newFixedThreadPool(writers + 1)) {
      List<CompletableFuture<Void>> writing = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        writing.add(CompletableFuture.runAsync(() -> changeAggregates(changes), threads));
      }
      var all = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
      long cursor = 0;
      boolean last;
      do {
        last = all.isDone();
        outbox.relay(RelayDuty.TERM, 7);
        for (OutboxRow row : outbox.after(cursor, 3, 100)) {
          followed.add(row.items());
          cursor = row.position();
        }
      } while (!last || outbox.waiting() > 0 || cursor < outbox.head());
      all.get(30, TimeUnit.SECONDS);
    }
    assertThat(followed).hasSize(writers * changes);
    for (int aggregate = 1; aggregate <= 5; aggregate++) {
      String prefix = "[{\"a\": " + aggregate + ", \"n\": ";
      List<Integer> numbers =
          followed.stream()
              .filter(items -> items.startsWith(prefix))
              .map(items -> Integer.valueOf(items.replaceAll(".*\"n\": (\\d+).*", "$1")))
              .toList();
      assertThat(numbers)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }
  }

  private static void changeAggregates(int changes) {
    try (Connection connection = DATABASE.engineConnection()) {
      for (int i = 0; i < changes; i++) {
        try (var statement = connection.createStatement()) {
          statement.execute(
              """
              with changed as (
                update aggregates set n = n + 1 where id = 1 + %d %% 5 returning id, n)
              insert into outbox (tenant_id, topic, items)
              select 1, 'job.changed', jsonb_build_array(jsonb_build_object('a', id, 'n', n)) from changed
              """
                  .formatted(i));
        }
        connection.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_relay_whose_term_has_ended_changes_nothing() {
    write(1, "job.created", "[{}]");
    assertThat(outbox.relay(new Term("relay", 6), 100)).isZero();
    DATABASE.admin().sql("update duties set until = clock_timestamp()").execute();
    assertThat(outbox.relay(RelayDuty.TERM, 100)).isZero();
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  @Test
  void the_next_term_begins_only_after_the_round_of_the_one_before_it() throws Exception {
    write(1, "job.created", "[{}]");
    try (Connection old = DATABASE.engineConnection()) {
      try (var round = old.createStatement()) {
        assertThat(
                round.executeUpdate(
                    OutboxSql.RELAY
                        .replace(":duty", "'relay'")
                        .replace(":term", "7")
                        .replace(":rows", "10")))
            .isEqualTo(1);
      }
      try (Connection other = DATABASE.engineConnection();
          var takeOver = other.createStatement()) {
        takeOver.execute("set local lock_timeout = '200ms'");
        assertThat(
                org.assertj.core.api.Assertions.catchThrowable(
                    () -> takeOver.execute("update duties set term = 8 where name = 'relay'")))
            .hasMessageContaining("lock timeout");
      }
      old.commit();
    }
    assertThat(outbox.head()).isPositive();
  }

  @Test
  void a_page_of_the_outbox_takes_about_as_many_bytes_as_asked_and_holds_at_least_one_row() {
    String ten = "[" + "{},".repeat(9) + "{}]";
    IntStream.range(0, 5).forEach(i -> write(1, "job.created", ten));
    outbox.relay(RelayDuty.TERM, 100);
    assertThat(outbox.after(0, 100, 1)).hasSize(1);
    assertThat(outbox.after(0, 100, 2 * ten.length())).hasSize(2);
    assertThat(outbox.after(0, 3, 10_000)).hasSize(3);
  }

  @Test
  void retention_removes_only_old_relayed_rows_and_a_reader_can_tell_that_it_missed_some() {
    IntStream.range(0, 5).forEach(i -> write(1, "job.created", "[{}]"));
    outbox.relay(RelayDuty.TERM, 100);
    long head = outbox.head();
    write(1, "job.created", "[{\"waits\": true}]");
    DATABASE
        .admin()
        .sql(
            "update outbox set created_at = created_at - interval '2 days' where position <= :p or position is null")
        .set("p", head - 2)
        .update();
    assertThat(outbox.deleteOlderThan(new Term("relay", 6), Duration.ofDays(1), 100)).isZero();
    assertThat(outbox.deleteOlderThan(RelayDuty.TERM, Duration.ofDays(1), 2)).isEqualTo(2);
    assertThat(outbox.deleteOlderThan(RelayDuty.TERM, Duration.ofDays(1), 2)).isEqualTo(1);
    assertThat(outbox.oldest()).isEqualTo(head - 1);
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  @Test
  void a_tenant_reads_its_own_events_as_cloud_events_and_resumes_inside_a_row() {
    write(
        1,
        "job.ended",
        "[{\"job\": 5, \"epoch\": 1, \"signal\": null, \"state\": \"FAILED\"}, {\"job\": 6}]");
    write(2, "job.ended", "[{\"job\": 7}]");
    write(1, "agent.lost", "[{\"agent\": 8, \"name\": \"w\"}]");
    outbox.relay(RelayDuty.TERM, 100);
    EventPage first = page("job.*", EventCursor.START, 1);
    assertThat(first.more()).isTrue();
    CloudEvent event = first.events().getFirst();
    assertThat(event.json().getString("id")).isEqualTo(event.at().text()).endsWith(".0");
    assertThat(event.json().getString("type")).isEqualTo("io.hodei.job.ended");
    assertThat(event.json().getString("source")).isEqualTo("/tenants/" + Id.format(1));
    assertThat(event.json().getString("subject")).isEqualTo(Id.format(5));
    assertThat(event.json().getString("time"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(event.json().getJsonObject("data"))
        .hasToString("{\"job\":\"%s\",\"epoch\":1,\"state\":\"FAILED\"}".formatted(Id.format(5)));
    EventPage second = page("job.*", first.next(), 10);
    assertThat(second.events()).hasSize(1);
    assertThat(second.events().getFirst().json().getString("subject")).isEqualTo(Id.format(6));
    assertThat(second.more()).isFalse();
    assertThat(page("job.*", second.next(), 10).events()).isEmpty();
    assertThat(page("*", EventCursor.START, 10).events()).hasSize(3);
  }

  private static EventPage page(String topics, EventCursor after, int limit) {
    return DATABASE
        .tenantTransactions()
        .inTransaction(
            () ->
                new EventReading(DATABASE.tenants())
                    .page(CALLER, TopicFilter.parse(topics), after, limit));
  }

  @Test
  void the_ids_of_a_row_are_read_without_loss() {
    OutboxRow row =
        new OutboxRow(
            1,
            1,
            "job.ended",
            java.time.Instant.EPOCH,
            "[{\"job\": 9223372036854775807}, {\"agent\": 3}, {\"job\": 42}]");
    assertThat(row.ids("job")).containsExactly(Long.MAX_VALUE, 42);
  }
}
