package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.context.Contexts;
import io.hodei.cli.context.Target;
import io.hodei.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the settings of the server and what this command itself goes by. */
@Command(
    name = "list",
    aliases = "ls",
    description = "List the server's settings with default and source, and those of this command.",
    footer = {"", "Examples:", "  hodei config list", "  hodei config list --client"})
final class ConfigListCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--client", description = "Only those of this command; asks no server.")
  private boolean clientOnly;

  @Override
  public Integer call() {
    Target target = server.target();
    List<Json> settings = new ArrayList<>(client(target));
    if (!clientOnly) {
      Json answer = server.api().get("/api/v1/config");
      settings.addAll(answer.isArray() ? answer.elements() : answer.at("items").elements());
    }
    output.many(settings, Views.SETTINGS);
    return ExitCode.OK;
  }

  private static List<Json> client(Target target) {
    String urls = String.join(",", target.urls().stream().map(Object::toString).toList());
    return List.of(
        setting("HODEI_URL", urls, target.source(), "Server that commands speak to"),
        setting(
            "HODEI_TOKEN",
            target.token() == null ? "none" : "set",
            target.source(),
            "Token; never shown"),
        setting("contexts", Contexts.ofUser().file().toString(), "client", "File of the contexts"));
  }

  private static Json setting(String key, String value, String source, String description) {
    Map<String, @Nullable Object> setting = Json.object();
    setting.put("key", key);
    setting.put("value", value);
    setting.put("source", source);
    setting.put("description", description);
    return new Json(setting);
  }
}
