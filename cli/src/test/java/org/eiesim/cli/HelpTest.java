package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command, of those below others too. */
class HelpTest {
    /** A new command line of all commands, as {@link Main} sets it up but for its handlers. */
    private static CommandLine commandLine() {
        CommandLine all = Main.commandLine();
        Commands.ALL.forEach(all::addSubcommand);
        Examples.addTo(all);
        return all.setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::below));
    }

    static List<String> commands() {
        return below(commandLine())
                .map(command -> command.getCommandSpec().qualifiedName())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsEightyColumnsAndEndsWithAnExample(String command) {
        String[] words = (command + " --help").substring("eie ".length()).split(" ");
        List<String> lines = CliRun.ok((Object[]) words).out().lines().toList();

        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines.get(lines.size() - 1)).startsWith("  " + (command.equals("eie") ? "eie quickstart" : command));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyExampleIsACommandLine(String command) {
        List<String> examples = below(commandLine())
                .filter(one -> one.getCommandSpec().qualifiedName().equals(command))
                .flatMap(one -> Examples.of(one.getCommandSpec()).stream())
                .toList();
        assertThat(command.equals("eie") ? List.of("eie quickstart") : examples).isNotEmpty();
        for (String example : examples) {
            String[] words = example.substring("eie ".length()).split(" ");
            assertThatCode(() -> commandLine().parseArgs(words)).as(example).doesNotThrowAnyException();
        }
    }
}
