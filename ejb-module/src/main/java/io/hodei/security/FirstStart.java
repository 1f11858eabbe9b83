package io.hodei.security;

import io.hodei.platform.Ids;
import io.hodei.security.control.AuditChain;
import io.hodei.security.control.SecretFile;
import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.TokenSecret;
import io.hodei.security.entity.NewToken;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the first tenant and its tokens when the database has none. */
@Stateless
public class FirstStart {
  private static final Logger LOG = System.getLogger(FirstStart.class.getName());
  private static final String FIRST_TENANT = "default";

  private final SecurityRepository repository;
  private final Ids ids;

  @Inject
  public FirstStart(SecurityRepository repository, Ids ids) {
    this.repository = repository;
    this.ids = ids;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected FirstStart() {
    this(null, null);
  }

  /**
   * Makes them, once per database: nodes that start together wait for the first. The files are
   * written before the tokens count, so there is never a token that nobody got.
   *
   * @throws SecretFile.Refused when a file cannot be written; then nothing was made
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void makeTokens(Path adminFile, Optional<Path> agentFile) {
    repository.lockFirstStart();
    if (repository.hasTokens()) {
      return;
    }
    long tenant = repository.tenantNamed(FIRST_TENANT).orElseGet(this::makeTenant);
    issue(tenant, "admin", Role.ADMIN, true, adminFile);
    agentFile.ifPresent(file -> issue(tenant, "agent", Role.AGENT, false, file));
    LOG.log(
        Level.INFO,
        "First start: the token of the first administrator is in {0} (mode 0600); move it to a safe place",
        adminFile);
  }

  private long makeTenant() {
    long id = repository.insertTenant(ids.next(), FIRST_TENANT).id();
    AuditChain.open(repository.database(), id);
    return id;
  }

  private void issue(long tenant, String name, Role role, boolean installation, Path file) {
    String secret = TokenSecret.generate();
    repository.insertToken(new NewToken(ids.next(), tenant, name, role, installation, secret));
    AuditChain.append(
        repository.database(),
        tenant,
        null,
        "first start",
        "token.create",
        name,
        "{\"role\":\"%s\",\"installation\":%b}".formatted(role, installation));
    SecretFile.write(file, secret);
  }
}
