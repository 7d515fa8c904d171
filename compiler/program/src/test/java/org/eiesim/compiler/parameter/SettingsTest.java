package org.eiesim.compiler.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Parameter<List<Integer>> SIZES = new Parameter<>(
            "sizes", new Domain.Lists<>(new NumberDomain.Integers(1, 9)), List.of(3), "", null, "Sizes.");
    private static final Parameter<List<String>> LAYERS =
            new Parameter<>("layers", new Domain.Lists<>(new WordDomain.LayerPatterns()), null, "", null, "Layers.");
    private static final Parameter<String> FILE =
            new Parameter<>("file", Domain.Files.paths(List.of("built-in")), "built-in", "", null, "A file.");
    private static final Parameter<Boolean> FLAG =
            new Parameter<>("flag", new NumberDomain.Flags(), false, "", null, "A flag.");
    private static final Parameter<Long> SEED =
            new Parameter<>("seed", new NumberDomain.Longs(), 0L, "", null, "A seed.");
    private static final ParameterTable TABLE = new ParameterTable("a thing", List.of(SIZES, LAYERS, FILE, FLAG, SEED));

    private static Settings read(String yaml, Path folder) throws FormatException {
        return Settings.defaults(TABLE).with(YamlTree.readMapping(yaml, "a thing", "t"), "t", folder);
    }

    @Test
    void readsValuesOfEveryType(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "");

        Settings settings =
                read("sizes: [1, 9]\nlayers: fc*\nfile: mine.yaml\nflag: true\nseed: -9223372036854775808\n", folder);

        assertThat(settings.get(SIZES)).containsExactly(1, 9);
        assertThat(settings.get(LAYERS)).containsExactly("fc*");
        assertThat(settings.get(FILE)).isEqualTo(folder.resolve("mine.yaml").toString());
        assertThat(settings.get(FLAG)).isTrue();
        assertThat(settings.get(SEED)).isEqualTo(Long.MIN_VALUE);
        assertThat(settings.text(SIZES)).isEqualTo("[1, 9]");
    }

    @Test
    void whatIsNotSaidHasItsDefault(@TempDir Path folder) throws IOException {
        Settings settings = read("# nothing\n", folder);

        assertThat(settings).isEqualTo(Settings.defaults(TABLE)).isEqualTo(read("seed: 0\n", folder));
        assertThat(settings.get(SIZES)).containsExactly(3);
        assertThat(settings.get(FILE)).isEqualTo("built-in");
        assertThat(settings.has(LAYERS)).isFalse();
        assertThatThrownBy(() -> settings.get(LAYERS)).hasMessage("a thing needs layers");
    }

    @Test
    void mistakesNameLineKeyAndWhatIsTaken(@TempDir Path folder) {
        assertRefused("seed: 1\nsizes: [1, 10]\n", "t line 2: sizes takes a whole number, 1..9, not 10", folder);
        assertRefused(
                "sizes: []\n",
                "t line 1: sizes takes a whole number, 1..9, or a list of these, not an empty list",
                folder);
        assertRefused("flag: maybe\n", "t line 1: flag takes true or false, not \"maybe\"", folder);
        assertRefused("seed: 1.5\n", "t line 1: seed takes a whole number, not 1.5", folder);
        assertRefused("file: [a]\n", "t line 1: file takes built-in or a file, not a list", folder);
        assertRefused("seed: {a: 1}\n", "t line 1: seed takes a value, not a map", folder);
        assertRefused("sizs: 1\n", "t line 1: unknown parameter \"sizs\" of a thing, did you mean sizes?", folder);
    }

    private static void assertRefused(String yaml, String message, Path folder) {
        assertThatThrownBy(() -> read(yaml, folder))
                .isInstanceOf(FormatException.class)
                .hasMessage(message);
    }
}
