package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.output.Format;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for what usually goes wrong. */
@Command(
    name = "doctor",
    description =
        "Check JDK, disk, server, clock, agents and the development database; each finding says what to do.",
    footer = {
      "",
      "Examples:",
      "  hodei doctor",
      "  hodei doctor --url https://hodei.example.com -o json"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(MachineChecks.all());
    findings.addAll(ServerChecks.all(server));
    if (output.renderer().format() == Format.table) {
      findings.forEach(finding -> Output.write(finding.lines()));
    } else {
      output.many(findings.stream().map(Finding::json).toList(), Views.CHECKS);
    }
    return findings.stream().allMatch(Finding::ok) ? ExitCode.OK : ExitCode.SERVER;
  }

  /**
   * The result of one check.
   *
   * @param fix what to do; empty when nothing is wrong
   */
  record Finding(String check, boolean ok, String detail, String fix) {
    static Finding fine(String check, String detail) {
      return new Finding(check, true, detail, "");
    }

    static Finding wrong(String check, String detail, String fix) {
      return new Finding(check, false, detail, fix);
    }

    String lines() {
      String line = "%-5s %-12s %s%n".formatted(ok ? "ok" : "WRONG", check, Plain.of(detail));
      return fix.isEmpty() ? line : line + "      %-12s do: %s%n".formatted("", fix);
    }

    Json json() {
      Map<String, @Nullable Object> finding = Json.object();
      finding.put("check", check);
      finding.put("result", ok ? "ok" : "wrong");
      finding.put("detail", detail);
      finding.put("fix", fix);
      return new Json(finding);
    }
  }
}
