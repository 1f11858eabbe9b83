package io.hodei.security;

import io.hodei.platform.Causes;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.Settings;
import io.hodei.security.control.SecretFile;
import jakarta.annotation.Priority;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;

/** Calls {@link FirstStart} while a node starts. */
@ApplicationScoped
public class FirstStartTrigger {
  private final Settings settings;
  private final FirstStart firstStart;

  @Inject
  public FirstStartTrigger(Settings settings, FirstStart firstStart) {
    this.settings = settings;
    this.firstStart = firstStart;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected FirstStartTrigger() {
    this(null, null);
  }

  void begin(@Observes @Priority(NodeStarting.SECURITY) NodeStarting event) {
    String agentFile = settings.value(HodeiSettings.BOOTSTRAP_AGENT_TOKEN_FILE);
    try {
      firstStart.makeTokens(
          adminFile(), agentFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(agentFile)));
    } catch (EJBException e) {
      throw Causes.find(e, SecretFile.Refused.class).map(RuntimeException.class::cast).orElse(e);
    }
  }

  private Path adminFile() {
    String configured = settings.value(HodeiSettings.BOOTSTRAP_TOKEN_FILE);
    return configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".hodei", "admin-token")
        : Path.of(configured);
  }
}
