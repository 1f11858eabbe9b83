package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.command.DoctorCommand.Finding;
import io.hodei.cli.context.Target;
import io.hodei.cli.output.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the doctor asks the server. */
final class ServerChecks {
  private static final Duration TOLERATED = Duration.ofSeconds(5);

  private ServerChecks() {}

  static List<Finding> all(ServerOptions options) {
    List<Finding> findings = new ArrayList<>();
    try {
      Target target = options.target();
      findings.add(Finding.fine("target", "%s from %s".formatted(target.urls(), target.source())));
      boolean reachable = false;
      for (URI node : target.urls()) {
        reachable |= node(node, findings);
      }
      if (reachable) {
        withToken(options.api(), findings);
      }
    } catch (Failure e) {
      findings.add(wrong("target", e, "hodei dev or hodei login URL"));
    }
    return findings;
  }

  private static boolean node(URI node, List<Finding> findings) {
    try {
      Api.Answer answer = new Api(List.of(node), null).call("GET", "/health/live", null, Map.of());
      findings.add(Finding.fine("server", node + " is alive"));
      findings.add(clock(node, answer.header("Date")));
      return true;
    } catch (Failure e) {
      findings.add(wrong("server", e, "start it, or check URL, firewall and TLS"));
      return false;
    }
  }

  private static Finding clock(URI node, String date) {
    try {
      Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration skew = Duration.between(there, Instant.now()).abs();
      String found = "%d s between this clock and that of %s".formatted(skew.toSeconds(), node);
      return skew.compareTo(TOLERATED) <= 0
          ? Finding.fine("clock", found)
          : Finding.wrong("clock", found, "synchronise both clocks (chrony, systemd-timesyncd)");
    } catch (DateTimeParseException noDate) {
      return Finding.fine("clock", node + " does not say its time");
    }
  }

  private static void withToken(Api api, List<Finding> findings) {
    try {
      Json me = api.get("/api/v1/me");
      findings.add(
          Finding.fine(
              "token", "%s of tenant %s".formatted(me.string("role"), me.string("tenant.name"))));
    } catch (Failure e) {
      findings.add(wrong("token", e, "hodei login URL"));
      return;
    }
    try {
      findings.add(agents(api.list("/api/v1/agents", 500)));
    } catch (Failure e) {
      findings.add(wrong("agents", e, "use a token that may see agents"));
    }
  }

  private static Finding agents(List<Json> agents) {
    long online = agents.stream().filter(agent -> agent.string("state").equals("ONLINE")).count();
    String found = "%d of %d agents are online".formatted(online, agents.size());
    return online > 0
        ? Finding.fine("agents", found)
        : Finding.wrong(
            "agents", found, "start one: without an agent jobs wait (hodei dev --agents 1)");
  }

  private static Finding wrong(String check, Failure failure, String fix) {
    return Finding.wrong(
        check, String.valueOf(failure.getMessage()).lines().findFirst().orElse(""), fix);
  }
}
