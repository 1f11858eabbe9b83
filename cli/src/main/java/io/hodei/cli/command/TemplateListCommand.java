package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists templates or prompts, newest first. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List them, the newest first.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} --tag nightly --tag db",
      "  ${COMMAND-FULL-NAME} --name 'back*' -q 'orders database'"
    })
final class TemplateListCommand implements Callable<Integer> {
  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--tag", paramLabel = "TAG", description = "With this tag; repeat it for more.")
  private List<String> tags = List.of();

  @Option(names = "--name", paramLabel = "NAME", description = "Exact, or a prefix and *.")
  private @Nullable String name;

  @Option(
      names = {"-q", "--query"},
      paramLabel = "WORDS",
      description = "All these words in name, title, description or content.")
  private @Nullable String words;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw Failure.usage("--limit takes a number of 1 or more");
    }
    String path = group.path();
    for (String tag : tags) {
      path = Api.with(path, "tag", tag);
    }
    path = name == null ? path : Api.with(path, "name", name);
    path = words == null ? path : Api.with(path, "q", words);
    output.many(server.api().list(path, limit), Views.TEMPLATES);
    return ExitCode.OK;
  }
}
