package io.hodei.agent.settings;

import io.hodei.protocol.Hwp;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns raw values into {@link AgentSettings}, or says which one is wrong and what to do. */
public final class SettingsReader {
  private static final int MAX_SLOTS = 4096;
  private static final long MIN_SPOOL_BYTES = 1 << 20;

  private final SettingSource source;

  public SettingsReader(SettingSource source) {
    this.source = source;
  }

  /**
   * @throws InvalidSettingException when a value is out of range or malformed
   */
  public AgentSettings read() {
    return new AgentSettings(
        servers(),
        new Token(source.get(Setting.TOKEN), source.get(Setting.TOKEN_FILE)),
        name(),
        list(Setting.POOLS),
        labels(),
        slots(),
        Path.of(source.get(Setting.DATA)).toAbsolutePath(),
        number(Setting.SPOOL_LIMIT, MIN_SPOOL_BYTES, Long.MAX_VALUE),
        number(Setting.LOG_LIMIT, 0, Long.MAX_VALUE),
        Optional.of(source.get(Setting.TRUST)).filter(path -> !path.isEmpty()).map(Path::of),
        drain());
  }

  /** What {@code --help} prints. */
  public static String help() {
    StringBuilder text =
        new StringBuilder(
            "Usage: java -Xmx64m -XX:+UseSerialGC -jar agent.jar [--name=value]...\n\n");
    for (Setting setting : Setting.values()) {
      text.append("  --").append(setting.argument()).append("  (").append(setting.variable());
      text.append(", default '").append(setting.fallback()).append("')\n");
      text.append("      ").append(setting.description()).append('\n');
    }
    return text.toString();
  }

  /** The agent endpoint below a server's address. */
  public static URI endpoint(String address) {
    URI uri = URI.create(address);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String socket =
        switch (scheme) {
          case "http", "ws" -> "ws";
          case "https", "wss" -> "wss";
          default -> throw new IllegalArgumentException("its scheme is not http, https, ws or wss");
        };
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("it names no host");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    String full = path.endsWith(Hwp.PATH) ? path : path + Hwp.PATH;
    return URI.create(socket + "://" + uri.getRawAuthority() + full);
  }

  private List<URI> servers() {
    List<URI> servers = new ArrayList<>();
    for (String address : list(Setting.SERVERS)) {
      try {
        servers.add(endpoint(address));
      } catch (IllegalArgumentException e) {
        throw invalid(Setting.SERVERS, address, String.valueOf(e.getMessage()));
      }
    }
    if (servers.isEmpty()) {
      throw invalid(Setting.SERVERS, "", "at least one address is needed");
    }
    return servers;
  }

  private String name() {
    String name = source.get(Setting.NAME);
    if (!name.isEmpty()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw invalid(Setting.NAME, "", "the host has no name; give one");
    }
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : list(Setting.LABELS)) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw invalid(Setting.LABELS, label, "a label is key=value");
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }

  private int slots() {
    int slots = (int) number(Setting.SLOTS, 0, MAX_SLOTS);
    return slots == 0 ? Runtime.getRuntime().availableProcessors() : slots;
  }

  private Duration drain() {
    String value = source.get(Setting.DRAIN);
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw invalid(Setting.DRAIN, value, "a duration looks like PT30S");
    }
  }

  private List<String> list(Setting setting) {
    List<String> items = new ArrayList<>();
    for (String item : source.get(setting).split(",")) {
      if (!item.isBlank()) {
        items.add(item.trim());
      }
    }
    return items;
  }

  private long number(Setting setting, long least, long most) {
    String value = source.get(setting);
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(setting, value, "it is not a whole number");
    }
    throw invalid(setting, value, "it must be between " + least + " and " + most);
  }

  private static InvalidSettingException invalid(Setting setting, String value, String why) {
    return new InvalidSettingException(
        "Setting --" + setting.argument() + " = '" + value + "' does not work: " + why + ".");
  }
}
