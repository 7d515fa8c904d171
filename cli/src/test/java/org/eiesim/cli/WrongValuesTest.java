package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A wrong value for every option and argument of every command is said in one line, in words of the command line. */
class WrongValuesTest {
    /** What no message for a user may hold: types, classes and fields of the program, and unfinished files' names. */
    private static final Pattern INTERNAL =
            Pattern.compile("\\b(?:java|javax|org\\.eiesim|picocli|ai\\.djl)\\.|\\w+(?:Exception|Error)\\b|\\bis not"
                    + " an? (?:int|long|double|float|short|byte|Path|Integer|Long|Double)\\b|\\b(?:num|max|min|is)[A-Z]\\w*|\\b\\w+\\[\\w+=|\\.part\\b|\\bnull\\b|internal"
                    + " error");

    private static final List<String> OUTPUTS = List.of("--output", "--json");

    @TempDir
    private static Path folder;

    /** A command, the option or argument to be given, and its value. */
    record Case(List<String> command, String argument, String value, List<String> line) {
        @Override
        public String toString() {
            return String.join(" ", command) + ": " + argument + " " + value.replace("\0", "\\0");
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Class<?> command : Commands.ALL) {
            addCases(cases, new CommandLine(command).getCommandSpec(), List.of());
        }
        return cases;
    }

    private static void addCases(List<Case> cases, CommandSpec spec, List<String> parents) {
        List<String> words =
                Stream.concat(parents.stream(), Stream.of(spec.name())).toList();
        spec.subcommands().values().forEach(sub -> addCases(cases, sub.getCommandSpec(), words));
        for (OptionSpec option : spec.options()) {
            boolean isOnceMore =
                    words.contains("reproduce") && option.longestName().equals("--eie");
            if (spec.subcommands().isEmpty() && option.arity().max() > 0 && !isOnceMore) {
                for (String value : wrongValues(option)) {
                    cases.add(new Case(words, option.longestName(), value, line(spec, words, option, value)));
                }
            }
        }
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            for (String value : wrongValues(positional)) {
                cases.add(new Case(words, positional.paramLabel(), value, line(spec, words, positional, value)));
            }
        }
    }

    private static List<String> wrongValues(ArgSpec argument) {
        Class<?> type =
                argument.typeInfo().isCollection() ? argument.typeInfo().getAuxiliaryTypes()[0] : argument.type();
        if (type == Path.class) {
            // Output folders may be made: what is no path at all is wrong everywhere.
            return argument instanceof OptionSpec option && OUTPUTS.contains(option.longestName())
                    ? List.of("\0")
                    : List.of("\0", "no/such/folder/file");
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return List.of("two", "", "99999999999999999999", "1.5.2");
        }
        return List.of("\0", "no-such-value");
    }

    /** The command line: what is required, as files that do not exist, and the wrong value. */
    private static List<String> line(CommandSpec spec, List<String> words, ArgSpec wrong, String value) {
        List<String> line = new ArrayList<>(words);
        for (OptionSpec option : spec.options()) {
            if (option == wrong) {
                line.add(option.longestName());
                line.add(value);
            } else if (option.required() && option.group() == null) {
                line.add(option.longestName());
                line.add(option.type() == Path.class ? "OUTPUT" : "3");
            }
        }
        if (line.get(0).equals("reproduce")) {
            line.addAll(List.of("--eie", "no-such-input")); // so that it ends at once
        }
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            line.add(positional == wrong ? value : "no-such-input");
        }
        return line;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isOneLineWithoutInternalNames(Case wrong) {
        Object[] line = wrong.line().stream()
                .map(word -> word.equals("OUTPUT") ? folder.resolve("output").toString() : word)
                .toArray();

        CliRun run = CliRun.of(line);

        assertThat(run.exitCode()).as(run.err()).isIn(1, 2);
        assertThat(run.err().lines()).as(run.err()).hasSize(run.exitCode() == 2 ? 2 : 1);
        assertThat(run.err()).doesNotContainPattern(INTERNAL).startsWith("eie " + String.join(" ", wrong.command()));
    }
}
