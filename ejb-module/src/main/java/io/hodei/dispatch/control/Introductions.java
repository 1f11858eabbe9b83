package io.hodei.dispatch.control;

import io.hodei.agents.entity.AgentIntroduction;
import io.hodei.protocol.hwp.Hello;
import io.hodei.protocol.hwp.HostInfo;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an agent says of itself, checked: agents are not trusted. */
final class Introductions {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");
  private static final int MOST_SLOTS = 100_000;
  private static final int MOST_ITEMS = 100;

  private Introductions() {}

  /** One sentence about the first thing that is wrong, or nothing. */
  static String problem(Hello hello) {
    if (!WORD.matcher(hello.getAgentName()).matches()) {
      return "The agent's name must be 1 to 63 letters, digits, dots, underscores or hyphens.";
    }
    if (hello.getSlots() < 1 || hello.getSlots() > MOST_SLOTS) {
      return "The agent's slots must be 1 to " + MOST_SLOTS + ".";
    }
    if (!words(hello.getPoolsList()) || !words(hello.getExecutorsList())) {
      return "The agent's pools and executors must be 1 to " + MOST_ITEMS + " names each.";
    }
    boolean labels =
        hello.getLabelsCount() <= MOST_ITEMS
            && hello.getLabelsMap().entrySet().stream()
                .allMatch(
                    label ->
                        LABEL.matcher(label.getKey()).matches()
                            && label.getValue().length() <= 255
                            && label.getValue().indexOf('\0') < 0);
    return labels
        ? ""
        : "The agent's labels must be at most "
            + MOST_ITEMS
            + ", with keys of 1 to 63 characters and values of at most 255.";
  }

  static AgentIntroduction read(Hello hello) {
    return new AgentIntroduction(
        hello.getAgentName(),
        List.copyOf(hello.getPoolsList()),
        Map.copyOf(hello.getLabelsMap()),
        List.copyOf(hello.getExecutorsList()),
        hello.getSlots(),
        clean(hello.getAgentVersion()),
        host(hello.getHost()));
  }

  private static boolean words(List<String> words) {
    return !words.isEmpty()
        && words.size() <= MOST_ITEMS
        && words.stream().allMatch(word -> WORD.matcher(word).matches());
  }

  private static String host(HostInfo host) {
    return JsonProvider.provider()
        .createObjectBuilder()
        .add("hostname", clean(host.getHostname()))
        .add("os", clean(host.getOs()))
        .add("arch", clean(host.getArch()))
        .add("cpus", host.getCpus())
        .add("memoryBytes", host.getMemoryBytes())
        .add("containment", clean(host.getContainment()))
        .build()
        .toString();
  }

  private static String clean(String text) {
    String printable =
        text.codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(200)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return printable;
  }
}
