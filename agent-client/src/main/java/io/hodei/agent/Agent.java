package io.hodei.agent;

import io.hodei.agent.link.RefusedException;
import io.hodei.agent.settings.InvalidSettingException;
import io.hodei.agent.settings.SettingSource;
import io.hodei.agent.settings.SettingsReader;
import java.io.IOException;
import java.util.List;

/** The program: reads settings, runs one agent until it is stopped, and exits with a code. */
public final class Agent {
  private static final int WRONG_SETTINGS = 2;
  private static final int REFUSED = 3;
  private static final int BROKEN = 1;

  private Agent() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    if (words.contains("--help")) {
      System.out.print(SettingsReader.help());
      return;
    }
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty(
          "java.util.logging.SimpleFormatter.format",
          "%1$tY-%1$tm-%1$tdT%1$tH:%1$tM:%1$tS.%1$tL%1$tz %4$s %5$s%6$s%n");
    }
    System.exit(run(words));
  }

  private static int run(List<String> arguments) {
    if (!"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      System.err.println(
          "The locale is not UTF-8, so arguments beyond ASCII reach processes as question marks. Start the agent with LC_ALL=C.UTF-8.");
    }
    try {
      RunningAgent agent =
          new RunningAgent(
              new SettingsReader(new SettingSource(arguments, System.getenv())).read());
      Signals.onStop(agent::stop);
      agent.run();
      return 0;
    } catch (InvalidSettingException e) {
      return say(WRONG_SETTINGS, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      return say(REFUSED, "The agent ends: " + e.getMessage());
    } catch (IOException e) {
      return say(BROKEN, "The agent's files cannot be used: " + e);
    } catch (InterruptedException e) {
      return say(BROKEN, "The agent was interrupted.");
    }
  }

  private static int say(int code, String message) {
    System.err.println(message);
    return code;
  }
}
