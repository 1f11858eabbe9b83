package io.hodei.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.DomainException;
import io.hodei.platform.Ids;
import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.SessionRepository;
import io.hodei.security.control.SessionRows;
import io.hodei.security.control.SessionSecret;
import io.hodei.security.control.TokenSecret;
import io.hodei.security.entity.ConsoleSession;
import io.hodei.security.entity.NewToken;
import io.hodei.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleSessionsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final SessionRows.Limits LIMITS =
      new SessionRows.Limits(Duration.ofHours(8), Duration.ofDays(7));

  private final Ids ids = new Ids();
  private final SecurityRepository repository = new SecurityRepository(DATABASE.engine());
  private final SessionRepository sessions = new SessionRepository(DATABASE.engine());
  private Caller caller;

  @BeforeEach
  void make_a_token() {
    ids.assign(1, Duration.ofMinutes(10));
    long tenant = ids.next();
    repository.insertTenant(tenant, "console-" + NAMES.incrementAndGet());
    caller = new Caller(tenant, "t", ids.next(), "anna", Role.OPERATOR, Set.of());
    repository.insertToken(
        new NewToken(
            caller.tokenId(), tenant, "anna", Role.OPERATOR, false, TokenSecret.generate()));
  }

  private <T> T asTenant(Supplier<T> work) {
    return DATABASE.tenantTransactions().inTransaction(work);
  }

  private String begin() {
    String secret = SessionSecret.generate();
    asTenant(
        () ->
            SessionRows.begin(
                DATABASE.tenants().in(caller.tenantId()),
                caller,
                ids.next(),
                TokenSecret.sha256(secret),
                LIMITS));
    return secret;
  }

  private String code() {
    String code = SessionSecret.generate();
    asTenant(
        () ->
            SessionRows.code(
                DATABASE.tenants().in(caller.tenantId()),
                caller,
                TokenSecret.sha256(code),
                ConsoleSessions.CODE_LIVES));
    return code;
  }

  private Optional<ConsoleSession> find(String secret) {
    return new SessionVerification(sessions).verify(secret);
  }

  private void change(String sql) {
    DATABASE.admin().sql(sql).set("tenant", caller.tenantId()).update();
  }

  @Test
  void a_session_is_its_token_as_long_as_that_can_be_used() {
    String secret = begin();
    assertThat(find(secret).map(ConsoleSession::caller))
        .hasValueSatisfying(
            found -> {
              assertThat(found.tokenId()).isEqualTo(caller.tokenId());
              assertThat(found.role()).isEqualTo(Role.OPERATOR);
              assertThat(found.permissions()).isEqualTo(Role.OPERATOR.permissions());
            });
    assertThat(find(SessionSecret.generate())).isEmpty();
    assertThat(find("x".repeat(42) + "=")).isEmpty();
    change("update tokens set revoked_at = now() where tenant_id = :tenant");
    assertThat(find(secret)).isEmpty();
    change("update tokens set revoked_at = null, expires_at = now() where tenant_id = :tenant");
    assertThat(find(secret)).isEmpty();
    change("update tokens set expires_at = null where tenant_id = :tenant");
    repository.setDisabled(caller.tenantId(), true);
    assertThat(find(secret)).isEmpty();
    repository.setDisabled(caller.tenantId(), false);
    assertThat(find(secret)).isPresent();
  }

  @Test
  void a_session_ends_unused_and_at_its_limit() {
    String secret = begin();
    change("update console_sessions set idle_until = now() where tenant_id = :tenant");
    assertThat(find(secret)).isEmpty();
    change(
        "update console_sessions set idle_until = now() + interval '1 hour' where tenant_id = :tenant");
    assertThat(find(secret)).isPresent();
    change("update console_sessions set expires_at = now() where tenant_id = :tenant");
    assertThat(find(secret)).isEmpty();
  }

  @Test
  void a_use_prolongs_it_once_in_a_minute() {
    String secret = begin();
    change(
        "update console_sessions set idle_until = idle_until - interval '30 seconds' where tenant_id = :tenant");
    String before = idleUntil();
    find(secret);
    assertThat(idleUntil()).isEqualTo(before);
    change(
        "update console_sessions set idle_until = idle_until - interval '31 seconds' where tenant_id = :tenant");
    find(secret);
    assertThat(idleUntil()).isGreaterThan(before);
  }

  private String idleUntil() {
    return DATABASE
        .admin()
        .sql(
            "select cast(idle_until as text) as at from console_sessions where tenant_id = :tenant")
        .set("tenant", caller.tenantId())
        .one(row -> row.text("at"));
  }

  @Test
  void what_is_remembered_is_asked_for_again_after_a_revocation_was_heard_of() {
    SessionVerification verification = new SessionVerification(sessions);
    String secret = begin();
    assertThat(verification.verify(secret)).isPresent();
    change("update tokens set revoked_at = now() where tenant_id = :tenant");
    verification.forget(caller.tenantId());
    assertThat(verification.verify(secret)).isEmpty();
  }

  @Test
  void tokens_too_are_asked_for_again_after_a_revocation_was_heard_of() {
    TokenVerification verification = new TokenVerification(repository);
    String secret = TokenSecret.generate();
    repository.insertToken(
        new NewToken(ids.next(), caller.tenantId(), "x", Role.VIEWER, false, secret));
    assertThat(verification.verify(secret)).isPresent();
    change("update tokens set revoked_at = now() where tenant_id = :tenant");
    assertThat(verification.verify(secret)).as("remembered").isPresent();
    verification.forget(caller.tenantId());
    assertThat(verification.verify(secret)).isEmpty();
  }

  @Test
  void only_hashes_are_stored() {
    String secret = begin();
    String code = code();
    List<String> stored =
        DATABASE
            .admin()
            .sql(
                "select cast(s.* as text) as t from console_sessions s union all select cast(c.* as text) from console_codes c")
            .list(row -> row.text("t"));
    assertThat(stored).hasSizeGreaterThan(1);
    assertThat(stored.toString()).doesNotContain(hex(secret)).doesNotContain(hex(code));
  }

  /** As bytes are shown; the beginning is enough. */
  private static String hex(String secret) {
    return HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII), 0, 16);
  }

  @Test
  void a_token_has_a_bounded_number_of_sessions_and_the_oldest_end_first() {
    String first = begin();
    for (int i = 1; i < SessionRows.MOST_SESSIONS; i++) {
      begin();
    }
    assertThat(find(first)).isPresent();
    String last = begin();
    assertThat(find(first)).isEmpty();
    assertThat(find(last)).isPresent();
  }

  @Test
  void a_tenant_neither_sees_nor_ends_sessions_of_another() {
    begin();
    long id =
        DATABASE
            .admin()
            .sql("select id from console_sessions where tenant_id = :tenant")
            .set("tenant", caller.tenantId())
            .one(row -> row.number("id"));
    assertThat(asTenant(() -> SessionRows.end(DATABASE.tenants().in(1), caller.tenantId(), id)))
        .isFalse();
    assertThat(
            asTenant(
                () ->
                    SessionRows.end(
                        DATABASE.tenants().in(caller.tenantId()), caller.tenantId(), id)))
        .isTrue();
  }

  @Test
  void a_code_begins_one_login_whoever_comes_with_it() throws Exception {
    LoginCodes codes = new LoginCodes(sessions);
    String code = code();
    AtomicInteger got = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        all.add(threads.submit(() -> codes.redeem(code).ifPresent(found -> got.incrementAndGet())));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(got).hasValue(1);
  }

  @Test
  void a_code_that_is_old_unknown_or_of_a_revoked_token_begins_nothing_and_is_gone() {
    LoginCodes codes = new LoginCodes(sessions);
    assertThat(codes.redeem(SessionSecret.generate())).isEmpty();
    assertThat(codes.redeem("short")).isEmpty();
    String old = code();
    change("update console_codes set expires_at = now() where tenant_id = :tenant");
    assertThat(codes.redeem(old)).isEmpty();
    String revoked = code();
    change("update tokens set revoked_at = now() where tenant_id = :tenant");
    assertThat(codes.redeem(revoked)).isEmpty();
    change("update tokens set revoked_at = null where tenant_id = :tenant");
    assertThat(codes.redeem(revoked)).isEmpty();
    assertThat(codes.redeem(code())).map(Caller::tokenId).contains(caller.tokenId());
  }

  @Test
  void an_agent_has_nothing_to_see_in_the_console() {
    Caller agent = new Caller(caller.tenantId(), "t", caller.tokenId(), "a", Role.AGENT, Set.of());
    ConsoleSessions console = new ConsoleSessions();
    assertThatThrownBy(() -> console.begin(agent, "{}")).isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> console.code(agent)).isInstanceOf(DomainException.class);
  }
}
