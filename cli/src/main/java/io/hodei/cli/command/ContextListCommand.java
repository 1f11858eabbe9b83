package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.context.Contexts;
import io.hodei.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists contexts, never their tokens. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List contexts; tokens are not shown.",
    footer = {"", "Examples:", "  hodei context ls", "  hodei context ls -o id"})
final class ContextListCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Contexts contexts = Contexts.ofUser();
    List<Json> rows = new ArrayList<>();
    contexts.all().forEach((name, context) -> rows.add(row(name, context, contexts.current())));
    output.many(rows, Views.CONTEXTS);
    return ExitCode.OK;
  }

  private static Json row(String name, Json context, String current) {
    Map<String, @Nullable Object> row = Json.object();
    row.put("name", name);
    row.put("current", name.equals(current));
    row.put("urls", context.at("urls").value());
    return new Json(row);
  }
}
