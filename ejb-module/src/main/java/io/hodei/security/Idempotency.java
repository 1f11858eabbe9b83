package io.hodei.security;

import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Row;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.control.IdempotencySql;
import io.hodei.security.entity.Answer;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries a request out once per key of a tenant: the answer is stored in the transaction that did
 * the work. Equal requests that come together wait for the first one and get its answer; when the
 * first one fails, the next one does the work. Answers are kept seven days.
 */
@Stateless
public class Idempotency {
  private final TenantDatabase tenants;

  @Inject
  public Idempotency(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Idempotency() {
    this(null);
  }

  /**
   * One use of a key.
   *
   * @param key 1..255 printable ASCII characters
   * @param route method and path; a key of one route is refused on another
   * @param bodySha256 digest of the body (and of the query)
   */
  public record Use(String key, String route, byte[] bodySha256) {}

  /**
   * Does the work and keeps its answer, or gives the one that is kept.
   *
   * @param work runs in this transaction; what it throws is not kept
   */
  public Answer once(Caller caller, Use use, Supplier<Answer> work) {
    Database database = tenants.in(caller.tenantId());
    database.sql(IdempotencySql.LOCK).set("name", caller.tenantId() + ":" + use.key()).execute();
    Optional<Stored> stored =
        database
            .sql(IdempotencySql.FIND)
            .set("tenant", caller.tenantId())
            .set("key", use.key())
            .first(Stored::read);
    if (stored.isPresent()) {
      return stored.get().answerTo(use);
    }
    Answer answer = work.get();
    database
        .sql(IdempotencySql.INSERT)
        .set("tenant", caller.tenantId())
        .set("key", use.key())
        .set("route", use.route())
        .set("body", use.bodySha256())
        .set("status", answer.status())
        .set("response", answer.location() + "\n" + answer.body())
        .update();
    return answer;
  }

  private record Stored(String route, byte[] bodySha256, int status, String response) {
    static Stored read(Row row) throws SQLException {
      return new Stored(
          row.text("route"), row.bytes("body_sha256"), row.integer("status"), row.text("response"));
    }

    Answer answerTo(Use use) {
      if (!route.equals(use.route()) || !Arrays.equals(bodySha256, use.bodySha256())) {
        throw new DomainException(
            ErrorCode.UNPROCESSABLE,
            "This Idempotency-Key was used for another request. Take a new key for a new request, or repeat the first one unchanged.");
      }
      int end = response.indexOf('\n');
      return new Answer(status, response.substring(0, end), response.substring(end + 1), true);
    }
  }
}
