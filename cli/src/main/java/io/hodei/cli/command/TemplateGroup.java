package io.hodei.cli.command;

import io.hodei.cli.client.Api;

/** A command group whose subcommands do the same with templates or with prompts. */
sealed interface TemplateGroup permits TemplateCommand, PromptCommand {
  /** As the API calls them. */
  String plural();

  /** The address of all of them. */
  default String path() {
    return "/api/v1/" + plural();
  }

  /** The address of one. */
  default String path(String name) {
    return path() + "/" + Api.encode(name);
  }
}
