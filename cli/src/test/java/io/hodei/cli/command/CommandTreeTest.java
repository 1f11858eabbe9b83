package io.hodei.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandTreeTest {
  @Test
  void names_are_those_of_the_annotations() {
    Stream<Map.Entry<String, Class<?>>> all =
        Stream.concat(
            CommandTree.top().entrySet().stream(),
            CommandTree.top().keySet().stream()
                .flatMap(group -> CommandTree.below(group).entrySet().stream()));

    assertThat(all)
        .hasSizeGreaterThan(80)
        .allSatisfy(
            entry ->
                assertThat(entry.getValue().getAnnotation(Command.class).name())
                    .isEqualTo(entry.getKey()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "jobs ls", "template run", "version"})
  void only_the_command_that_is_called_is_loaded(String called) {
    String[] words = called.split(" ");
    Map<String, CommandLine> commands = HodeiCommand.forArguments(words).getSubcommands();
    assertThat(commands).containsOnlyKeys(words[0]);
    assertThat(commands.values())
        .flatExtracting(command -> command.getSubcommands().values())
        .extracting(CommandLine::getCommandName)
        .isSubsetOf(words.length == 2 ? Set.of(words[1]) : CommandTree.below(words[0]).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"help jobs", "jobs --help"})
  void help_of_a_group_shows_what_is_below_it(String called) {
    StringWriter shown = new StringWriter();
    String[] words = called.split(" ");
    int code = HodeiCommand.forArguments(words).setOut(new PrintWriter(shown, true)).execute(words);
    assertThat(code).isZero();
    assertThat(shown.toString())
        .startsWith("Usage: hodei jobs [-hV] COMMAND")
        .contains("\n  ls, list ")
        .contains("\n  explain ");
  }
}
