package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.recipe.Recipe;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.onnx.OnnxReader;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** all-MiniLM-L6-v2 whole, its matrices pruned to a density and shared: products on the machine, attention beside it. */
class MiniLmOnTheMachineTest {
    /** Tokens, attention mask and token types of "[CLS] hello world [SEP]", in the order of the network's inputs. */
    private static final Map<String, float[]> SENTENCE = Map.of(
            "input_ids", new float[] {101, 7592, 2088, 102},
            "attention_mask", new float[] {1, 1, 1, 1},
            "token_type_ids", new float[4]);

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4})
    void everyEngineAndTheReferenceAgree(double density) throws IOException {
        Network network;
        try (InputStream in = MiniLmOnTheMachineTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            network = OnnxReader.read(Objects.requireNonNull(in), "minilm", Map.of("batch", 4));
        }
        String recipe = "seed: 1\nsteps:\n  - method: random-prune\n    parameters: {density: " + density
                + "}\n  - method: share-weights\n    parameters: {entries: 16, initialization: linear}\n";
        CompressedNetwork compressed =
                RecipeRunner.run(network, Recipe.parse(recipe, "test"), null, 1, "test", RecipeListener.SILENT);
        MachineConfig config = Presets.load("eie-isca16").withSettings(List.of("accumulator_bits=32"));
        float[] input = new float[12];
        for (int i = 0; i < network.inputs().size(); i++) {
            float[] values =
                    Objects.requireNonNull(SENTENCE.get(network.inputs().get(i).name()));
            System.arraycopy(values, 0, input, 4 * i, 4);
        }
        Program program = Lowering.compile(compressed, config.target());
        assertThat(program.layers()).hasSizeBetween(36, 38);
        ProgramRun float32 = run(program, config, new ExactEngine(), Numeric.FLOAT32, input);
        Map<String, float[]> expected = new ReferenceExecutor(compressed.network()).runAll(SENTENCE);
        int at = 0;
        for (String output : network.outputs()) {
            for (float value : Objects.requireNonNull(expected.get(output))) {
                assertThat(float32.outputs()[at++] + 0f).as(output).isEqualTo(value + 0f);
            }
        }
        assertThat(at).isEqualTo(float32.outputs().length);
        Program calibrated = Calibration.calibrate(program, config, input, 1, 2, done -> {});
        ProgramRun exact = run(calibrated, config, new ExactEngine(), Numeric.FIXED_POINT, input);
        ProgramRun functional = run(calibrated, config, new FunctionalEngine(), Numeric.FIXED_POINT, input);
        assertThat(exact.outputs()).isEqualTo(functional.outputs());
        assertThat(exact.layers().stream().mapToLong(LayerRun::outputDigest).toArray())
                .isEqualTo(functional.layers().stream()
                        .mapToLong(LayerRun::outputDigest)
                        .toArray());
        assertThat(IntStream.range(0, exact.outputs().length)
                        .mapToDouble(i -> exact.outputs()[i])
                        .distinct()
                        .count())
                .isGreaterThan(100);
    }

    private static ProgramRun run(
            Program program, MachineConfig config, Engine engine, Numeric numeric, float[] input) {
        return new ProgramMachine(program, config, engine, numeric).run(input, 1, 2, done -> {});
    }
}
