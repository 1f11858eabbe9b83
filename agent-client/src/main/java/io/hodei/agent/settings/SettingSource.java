package io.hodei.agent.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The raw values of all settings: an argument wins over the environment, that over the file. */
public final class SettingSource {
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);

  /**
   * @throws InvalidSettingException when an argument is unknown or the file cannot be read
   */
  public SettingSource(List<String> arguments, Map<String, String> environment) {
    for (Setting setting : Setting.values()) {
      String value = environment.get(setting.variable());
      if (value != null) {
        values.put(setting, value);
      }
    }
    arguments.forEach(this::takeArgument);
    String file = get(Setting.CONFIG);
    if (!file.isEmpty()) {
      takeFile(Path.of(file));
    }
  }

  public String get(Setting setting) {
    return values.getOrDefault(setting, setting.fallback()).trim();
  }

  private void takeArgument(String argument) {
    int equals = argument.indexOf('=');
    if (!argument.startsWith("--") || equals < 0) {
      throw new InvalidSettingException(
          "Argument '" + argument + "' is not --name=value. See --help for the names.");
    }
    values.put(named(argument.substring(2, equals)), argument.substring(equals + 1));
  }

  private void takeFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "The settings file " + file + " cannot be read (" + e + "). Correct --config.");
    }
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("hodei.agent.")) {
        values.putIfAbsent(named(key), properties.getProperty(key));
      }
    }
  }

  private static Setting named(String name) {
    for (Setting setting : Setting.values()) {
      if (setting.argument().equals(name) || setting.key().equals(name)) {
        return setting;
      }
    }
    throw new InvalidSettingException("There is no setting '" + name + "'. See --help.");
  }
}
