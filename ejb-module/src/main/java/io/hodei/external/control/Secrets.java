package io.hodei.external.control;

import io.hodei.jobs.entity.SecretText;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Settings;
import io.hodei.platform.Words;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The secrets of tenants: files {@code <directory>/<tenant>/<name>}, or configured values {@code
 * hodei.secrets.<tenant>.<name>}. They are read when a call needs them and kept nowhere.
 *
 * <p>A configured value counts only under exactly its name. The usual search in the environment
 * takes hyphens, dots and underscores for one another, so that the tenant {@code a} with the secret
 * {@code b-c} could read what belongs to the tenant {@code a-b} with the secret {@code c}.
 */
@ApplicationScoped
public class Secrets {
  private static final int LONGEST = 64 << 10;

  private final Config config;
  private final Settings settings;

  @Inject
  public Secrets(Config config, Settings settings) {
    this.config = config;
    this.settings = settings;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Secrets() {
    this(null, null);
  }

  /** The value of a secret; empty when there is none, or an empty one. */
  public Optional<String> find(String tenant, String name) {
    if (!Words.isSlug(tenant) || !SecretText.isName(name)) {
      return Optional.empty();
    }
    return ofFile(tenant, name)
        .or(() -> configured("hodei.secrets." + tenant + "." + name))
        .filter(value -> !value.isEmpty());
  }

  private Optional<String> ofFile(String tenant, String name) {
    String directory = settings.value(HodeiSettings.SECRETS_DIRECTORY);
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    Path file = Path.of(directory, tenant, name);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
        return Optional.empty();
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> configured(String key) {
    for (ConfigSource source : config.getConfigSources()) {
      if (source.getPropertyNames().contains(key)) {
        return Optional.ofNullable(source.getValue(key));
      }
    }
    return Optional.empty();
  }
}
