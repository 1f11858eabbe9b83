package io.hodei.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.DatabaseFailure;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Ids;
import io.hodei.security.control.AuditChain;
import io.hodei.security.control.SecretFile;
import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.TokenSecret;
import io.hodei.security.entity.Answer;
import io.hodei.security.entity.AuditEntry;
import io.hodei.security.entity.NewToken;
import io.hodei.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityTest {
  private static TestDatabase database;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Ids ids = new Ids();
  private SecurityRepository repository;
  private Caller caller;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.create();
  }

  @BeforeEach
  void make_a_tenant() {
    ids.assign(1, Duration.ofMinutes(10));
    repository = new SecurityRepository(database.engine());
    long id = ids.next();
    database
        .engineTransactions()
        .inTransaction(
            () -> {
              AuditChain.open(database.engine(), repository.insertTenant(id, name()).id());
              return id;
            });
    caller = new Caller(id, "t", ids.next(), "anna", Role.ADMIN, Set.of());
  }

  private static String name() {
    return "tenant-" + NAMES.incrementAndGet();
  }

  private Audit audit() {
    return new Audit(database.tenants());
  }

  private void record(String action) {
    database
        .tenantTransactions()
        .inTransaction(
            () -> {
              audit().record(caller, action, "x", "{\"ü\":1}");
              return true;
            });
  }

  private Optional<Long> brokenAt() {
    return database.tenantTransactions().inTransaction(() -> audit().verify(caller)).brokenAt();
  }

  private void tamper(String sql) {
    database.admin().sql(sql).set("tenant", caller.tenantId()).update();
  }

  @Test
  void a_trail_that_nobody_touched_is_whole() {
    assertThat(brokenAt()).isEmpty();
    record("a.one");
    record("a.two");
    record("a.three");
    assertThat(brokenAt()).isEmpty();
    List<AuditEntry> page =
        database
            .tenantTransactions()
            .inTransaction(() -> audit().list(caller, AuditEntry.Filter.ALL, 3, 10));
    assertThat(page).extracting(AuditEntry::action).containsExactly("a.two", "a.one");
  }

  private List<Long> entries(AuditEntry.Filter filter, long before, int limit) {
    return database
        .tenantTransactions()
        .inTransaction(() -> audit().list(caller, filter, before, limit))
        .stream()
        .map(AuditEntry::seq)
        .toList();
  }

  @Test
  void entries_are_found_by_their_time_page_by_page() {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    for (int i = 1; i <= 6; i++) {
      record(i % 2 == 0 ? "a.even" : "a.odd");
      tamper(
          "update audit_entries set at = timestamptz '2026-01-01T12:00:00Z' + seq * interval '1 minute' where tenant_id = :tenant");
    }
    Instant two = noon.plusSeconds(120);
    Instant five = noon.plusSeconds(300);
    assertThat(entries(new AuditEntry.Filter(null, null, null, two, five), 0, 10))
        .containsExactly(4L, 3L, 2L);
    assertThat(entries(new AuditEntry.Filter(null, null, null, two, five), 0, 2))
        .containsExactly(4L, 3L);
    assertThat(entries(new AuditEntry.Filter(null, null, null, two, five), 3, 2))
        .containsExactly(2L);
    assertThat(entries(new AuditEntry.Filter(null, "a.even", null, two, null), 0, 10))
        .containsExactly(6L, 4L, 2L);
    assertThat(entries(new AuditEntry.Filter(null, null, null, null, two), 0, 10))
        .containsExactly(1L);
    assertThat(entries(new AuditEntry.Filter(null, null, null, noon.plusSeconds(3600), null), 0, 9))
        .isEmpty();
    assertThat(entries(new AuditEntry.Filter(null, null, null, null, noon), 0, 10)).isEmpty();
  }

  @Test
  void a_changed_removed_or_cut_entry_is_found() {
    for (int i = 0; i < 4; i++) {
      record("a.b");
    }
    tamper("update audit_entries set actor = 'eve' where tenant_id = :tenant and seq = 2");
    assertThat(brokenAt()).contains(2L);
    tamper("update audit_entries set actor = 'anna' where tenant_id = :tenant and seq = 2");
    assertThat(brokenAt()).isEmpty();
    tamper("delete from audit_entries where tenant_id = :tenant and seq = 4");
    assertThat(brokenAt()).contains(4L);
    tamper("delete from audit_entries where tenant_id = :tenant and seq = 2");
    assertThat(brokenAt()).contains(3L);
  }

  @Test
  void the_roles_of_the_product_cannot_change_what_was_audited() {
    record("a.b");
    for (String sql :
        List.of(
            "update audit_entries set actor = 'eve' where tenant_id = :tenant",
            "delete from audit_entries where tenant_id = :tenant")) {
      assertThatThrownBy(
              () ->
                  database
                      .tenantTransactions()
                      .inTransaction(
                          () ->
                              database
                                  .tenants()
                                  .in(caller.tenantId())
                                  .sql(sql)
                                  .set("tenant", caller.tenantId())
                                  .update()))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void writers_of_one_tenant_form_one_chain() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        writers.add(threads.submit(() -> record("a.b")));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertThat(brokenAt()).isEmpty();
  }

  private Answer once(String key, String body, AtomicInteger done) {
    Idempotency.Use use = new Idempotency.Use(key, "POST /jobs", TokenSecret.sha256(body));
    return database
        .tenantTransactions()
        .inTransaction(
            () ->
                new Idempotency(database.tenants())
                    .once(
                        caller,
                        use,
                        () -> Answer.of(201, "/jobs/1", "{\"n\":" + done.incrementAndGet() + "}")));
  }

  @Test
  void a_key_does_the_work_once_and_gives_the_same_answer_again() {
    AtomicInteger done = new AtomicInteger();
    Answer first = once("k", "body", done);
    Answer second = once("k", "body", done);
    assertThat(first.replayed()).isFalse();
    assertThat(second).isEqualTo(new Answer(201, "/jobs/1", "{\"n\":1}", true));
    assertThat(done).hasValue(1);
  }

  @Test
  void a_key_is_refused_for_another_body() {
    AtomicInteger done = new AtomicInteger();
    once("k", "body", done);
    assertThatThrownBy(() -> once("k", "other", done))
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNPROCESSABLE));
    assertThat(done).hasValue(1);
  }

  @Test
  void equal_requests_that_come_together_do_the_work_once() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        answers.add(threads.submit(() -> once("together", "body", done)));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().body()).isEqualTo("{\"n\":1}");
      }
    }
    assertThat(done).hasValue(1);
  }

  @Test
  void a_request_that_failed_is_not_kept() {
    Idempotency.Use use = new Idempotency.Use("f", "POST /jobs", TokenSecret.sha256("body"));
    assertThatThrownBy(
            () ->
                database
                    .tenantTransactions()
                    .inTransaction(
                        () ->
                            new Idempotency(database.tenants())
                                .once(
                                    caller,
                                    use,
                                    () -> {
                                      throw new DomainException(ErrorCode.CONFLICT, "no");
                                    })))
        .isInstanceOf(DomainException.class);
    assertThat(once("f", "body", new AtomicInteger()).replayed()).isFalse();
  }

  @Test
  void a_token_works_until_it_is_revoked_expired_or_its_tenant_disabled() {
    String secret = TokenSecret.generate();
    repository.insertToken(
        new NewToken(ids.next(), caller.tenantId(), "x", Role.VIEWER, false, secret));
    assertThat(fresh().verify(secret)).map(Caller::role).contains(Role.VIEWER);
    assertThat(fresh().verify(TokenSecret.generate())).isEmpty();
    assertThat(fresh().verify("hod_" + "A".repeat(40))).isEmpty();
    repository.setDisabled(caller.tenantId(), true);
    assertThat(fresh().verify(secret)).isEmpty();
    repository.setDisabled(caller.tenantId(), false);
    tamper("update tokens set expires_at = clock_timestamp() where tenant_id = :tenant");
    assertThat(fresh().verify(secret)).isEmpty();
    tamper(
        "update tokens set expires_at = null, revoked_at = clock_timestamp() where tenant_id = :tenant");
    assertThat(fresh().verify(secret)).isEmpty();
    tamper("update tokens set revoked_at = null where tenant_id = :tenant");
    assertThat(fresh().verify(secret)).isPresent();
  }

  private TokenVerification fresh() {
    return new TokenVerification(repository);
  }

  @Test
  void one_wrong_character_makes_a_token_malformed() {
    String secret = TokenSecret.generate();
    assertThat(TokenSecret.isWellFormed(secret)).isTrue();
    for (int i = 0; i < secret.length(); i++) {
      char other = secret.charAt(i) == 'a' ? 'b' : 'a';
      assertThat(TokenSecret.isWellFormed(secret.substring(0, i) + other + secret.substring(i + 1)))
          .isFalse();
    }
  }

  @Test
  void the_first_start_makes_tokens_once_and_writes_them_for_the_owner_only(@TempDir Path directory)
      throws IOException {
    TestDatabase empty = TestDatabase.create();
    FirstStart start = new FirstStart(new SecurityRepository(empty.engine()), ids);
    Path admin = directory.resolve("new").resolve("admin-token");
    Path agent = directory.resolve("agent-token");
    begin(empty, start, admin, Optional.of(agent));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(admin)))
        .isEqualTo("rw-------");
    String secret = Files.readString(admin).strip();
    TokenVerification tokens = new TokenVerification(new SecurityRepository(empty.engine()));
    assertThat(tokens.verify(secret).orElseThrow().may(Permission.INSTALLATION_MANAGE)).isTrue();
    assertThat(tokens.verify(Files.readString(agent).strip()).orElseThrow().role())
        .isEqualTo(Role.AGENT);
    begin(empty, start, admin, Optional.of(agent));
    assertThat(Files.readString(admin).strip()).isEqualTo(secret);
  }

  @Test
  void a_token_that_cannot_be_written_down_is_not_made(@TempDir Path directory) throws IOException {
    TestDatabase empty = TestDatabase.create();
    FirstStart start = new FirstStart(new SecurityRepository(empty.engine()), ids);
    Path notADirectory = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(() -> begin(empty, start, notADirectory.resolve("token"), Optional.empty()))
        .isInstanceOf(SecretFile.Refused.class);
    assertThat(new SecurityRepository(empty.engine()).hasTokens()).isFalse();
  }

  private static void begin(
      TestDatabase database, FirstStart start, Path admin, Optional<Path> agent) {
    database
        .engineTransactions()
        .inTransaction(
            () -> {
              start.makeTokens(admin, agent);
              return true;
            });
  }
}
