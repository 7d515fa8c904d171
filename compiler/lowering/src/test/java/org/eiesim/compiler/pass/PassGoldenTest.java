package org.eiesim.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eiesim.compiler.GoldenFiles;
import org.eiesim.compiler.asm.Disassembler;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.text.GraphReader;
import org.eiesim.compiler.ir.text.GraphWriter;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every pass alone: {@code alone/PASS/CASE.ir} goes in, {@code CASE.expect} comes out: what the pass remarks on, then the
 * graph, the listing, or the error. A first line {@code ; option=choice ...} makes choices.
 */
class PassGoldenTest {
    private static final String FOLDER = "compiler/lowering/src/test/resources/org/eiesim/compiler/pass/alone/";
    private static final int MIN_CASES = 3;

    private static List<Path> cases(Stage stage) throws IOException {
        try (Stream<Path> files =
                Files.list(GoldenFiles.repositoryRoot().resolve(FOLDER).resolve(stage.name()))) {
            return files.filter(file -> file.toString().endsWith(".ir"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    List<DynamicTest> everyPassYieldsItsGoldenText() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Stage stage : Lowering.stages()) {
            for (Path file : cases(stage)) {
                String name = stage.name() + "/" + file.getFileName().toString().replace(".ir", "");
                tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> GoldenFiles.check(
                                outcome(stage.name(), Files.readString(file)), FOLDER + name + ".expect")));
            }
        }
        return tests;
    }

    @Test
    void everyPassHasTwoInputsAndOneItRefuses() throws IOException {
        for (Stage stage : Lowering.stages()) {
            int numRefused = 0;
            for (Path file : cases(stage)) {
                numRefused += outcome(stage.name(), Files.readString(file)).startsWith("error: ") ? 1 : 0;
            }
            assertThat(numRefused).as(stage.name()).isPositive();
            assertThat(cases(stage)).as(stage.name()).hasSizeGreaterThanOrEqualTo(MIN_CASES);
        }
    }

    private static String outcome(String stage, String text) {
        StringBuilder remarks = new StringBuilder();
        try {
            Graph graph = GraphReader.read(text);
            for (Lowering.Maker maker : Lowering.PASSES) {
                Pass pass = maker.make(
                        options(text),
                        remark -> remarks.append("; ").append(remark).append('\n'));
                if (pass.name().equals(stage)) {
                    String after = GraphWriter.write(Lowering.run(pass, graph));
                    return remarks + after;
                }
            }
            return Disassembler.listing(new Emit().run(graph));
        } catch (FormatException e) {
            return "error: " + e.getMessage() + "\n";
        }
    }

    private static LoweringOptions options(String text) {
        LoweringOptions options = LoweringOptions.DEFAULTS;
        String first = text.lines().findFirst().orElse("");
        if (!first.startsWith(";")) {
            return options;
        }
        for (String choice : first.substring(1).strip().split(" ")) {
            String[] parts = choice.split("=");
            PassOption<?> option = Lowering.stages().stream()
                    .flatMap(stage -> stage.options().stream())
                    .filter(offered -> offered.name().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            options = options.with(parts[0], constant(option, parts[1]));
        }
        return options;
    }

    private static Enum<?> constant(PassOption<?> option, String word) {
        for (Enum<?> constant : option.type().getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        throw new AssertionError(option.name() + " has no choice " + word);
    }
}
