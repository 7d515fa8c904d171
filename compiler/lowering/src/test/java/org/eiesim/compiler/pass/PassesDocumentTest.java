package org.eiesim.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.eiesim.compiler.GoldenFiles;
import org.junit.jupiter.api.Test;

/** Holds docs/passes.md to the code. */
class PassesDocumentTest {
    private static final String DOCUMENT = "docs/passes.md";
    private static final String EXAMPLE =
            "compiler/lowering/src/test/resources/org/eiesim/compiler/pass/alone/place/balanced.expect";

    @Test
    void theTableOfPassesIsGenerated() throws IOException {
        String rows = Lowering.stages().stream()
                .map(stage -> "| `" + stage.name() + "` | " + stage.description() + " | " + options(stage) + " |\n")
                .collect(Collectors.joining());
        GoldenFiles.checkBlock("| pass | does | options |\n| --- | --- | --- |\n" + rows, DOCUMENT, "passes");
    }

    private static String options(Stage stage) {
        return stage.options().stream()
                .map(option ->
                        "`" + option.name() + "` (" + option.domain().replace(" | ", ", ") + "): " + option.text())
                .collect(Collectors.joining(" "));
    }

    @Test
    void theExampleIsWhatAPassYields() throws IOException {
        String example = Files.readString(GoldenFiles.repositoryRoot().resolve(EXAMPLE));
        GoldenFiles.checkBlock("```\n" + example + "```\n", DOCUMENT, "example");
    }

    @Test
    void theGrammarIsThatOfTheJavadoc() throws IOException {
        String source = Files.readString(GoldenFiles.repositoryRoot()
                .resolve("compiler/lowering/src/main/java/org/eiesim/compiler/ir/text/GraphWriter.java"));
        String document = Files.readString(GoldenFiles.repositoryRoot().resolve(DOCUMENT));
        String grammar = document.substring(document.indexOf("graph     ="));
        for (String line : grammar.substring(0, grammar.indexOf("```")).split("\n")) {
            assertThat(source).contains(" *   " + line);
        }
    }
}
