package io.hodei.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;

/**
 * The values of this node's settings, from MicroProfile Config (system properties, environment,
 * files).
 */
@ApplicationScoped
public class Settings {
  private final Config config;

  @Inject
  public Settings(Config config) {
    this.config = config;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Settings() {
    this.config = null;
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalArgumentException naming key, value and range when the configured value is not
   *     valid
   */
  public <T> T value(Setting<T> setting) {
    return setting.read(text(setting));
  }

  /** The value as configured, or the default's text. */
  public String text(Setting<?> setting) {
    return config.getOptionalValue(setting.key(), String.class).orElse(setting.defaultText());
  }

  /** Where the value comes from: {@code default}, or the name of the source. */
  public String source(Setting<?> setting) {
    String source = config.getConfigValue(setting.key()).getSourceName();
    return source == null ? "default" : source;
  }
}
