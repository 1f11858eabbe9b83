package io.hodei.web.session;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Caller;
import io.hodei.security.ConsoleSessions;
import io.hodei.security.LoginCodes;
import io.hodei.security.TokenVerification;
import io.hodei.security.entity.IssuedSession;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins a session for whoever comes with a token, or with a code that was made with one. */
@Dependent
public class Login {
  private static final int LONGEST = 256;

  private final TokenVerification tokens;
  private final LoginCodes codes;
  private final ConsoleSessions sessions;
  private final LoginAttempts attempts;
  private final Answers answers;

  @Inject
  public Login(
      TokenVerification tokens,
      LoginCodes codes,
      ConsoleSessions sessions,
      LoginAttempts attempts,
      Answers answers) {
    this.tokens = tokens;
    this.codes = codes;
    this.sessions = sessions;
    this.attempts = attempts;
    this.answers = answers;
  }

  /**
   * Begins it.
   *
   * @param body {@code {"token": …}} or {@code {"code": …}}
   * @param address whose attempts are counted
   */
  IssuedSession with(JsonBody body, String address) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    @Nullable String token = fields.text("token", LONGEST);
    @Nullable String code = fields.text("code", LONGEST);
    if (errors.isEmpty() && (token == null) == (code == null)) {
      fields.refuse("token", "give either token or code");
    }
    fields.finish();
    errors.refuse();
    attempts.refuseTooMany(address);
    Optional<Caller> caller =
        token == null
            ? answers.read(() -> codes.redeem(String.valueOf(code)))
            : answers.read(() -> tokens.verify(token));
    if (caller.isEmpty()) {
      attempts.wrong(address);
      throw new DomainException(
          ErrorCode.UNAUTHENTICATED,
          token == null
              ? "The code is unknown, was used, or is older than a minute. Make another: hodei console"
              : "The token is unknown, revoked or expired, or its tenant is disabled. Ask an administrator for a new one.");
    }
    return answers.read(
        () -> sessions.begin(caller.get(), detail(token == null ? "code" : "token", address)));
  }

  private static String detail(String by, String address) {
    return new JsonWriter()
        .object()
        .member("by", by)
        .member("address", address)
        .endObject()
        .toString();
  }
}
