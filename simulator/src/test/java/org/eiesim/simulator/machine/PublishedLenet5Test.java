package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.recipe.Recipe;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.onnx.OnnxReader;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published LeNet-5, dense and pruned, 256 shared weights a layer, over MNIST test images: with {@code -Dwhole=true}
 * over all, where the error must be the published one.
 */
class PublishedLenet5Test {
    private static final int NUM_CALIBRATION = 200;
    /** All images with {@code -Dwhole=true}; else as many as take seconds. */
    private static final int NUM_IMAGES = Boolean.getBoolean("whole") ? 10_000 : 500;

    /** Images on which the slower engine and the reference executor are compared. */
    private static final int NUM_COMPARED = 100;

    private static final String SHARE_256 =
            "seed: 1\nsteps:\n  - method: share-weights\n    parameters: {entries: 256, initialization: linear}\n";

    private static int numErrors(ProgramRun run, Dataset data) {
        int numClasses = run.outputs().length / run.numInputs();
        int errors = 0;
        for (int input = 0; input < run.numInputs(); input++) {
            int best = 0;
            for (int i = 1; i < numClasses; i++) {
                if (run.outputs()[input * numClasses + i] > run.outputs()[input * numClasses + best]) {
                    best = i;
                }
            }
            errors += best == data.label(input) ? 0 : 1;
        }
        return errors;
    }

    private static ProgramRun run(
            Program program, MachineConfig config, Engine engine, Numeric numeric, float[] pixels, int numInputs) {
        float[] inputs = Arrays.copyOf(pixels, numInputs * program.inputLength());
        return new ProgramMachine(program, config, engine, numeric).run(inputs, numInputs, 2, done -> {});
    }

    /** The published error is 0.91 % for both; sharing weights may move single images. */
    @ParameterizedTest
    @ValueSource(strings = {"dense", "sparse"})
    void imagesAreClassifiedAsPublished(String kind) throws IOException {
        Path model = SharedFiles.require("models/lenet/lenet-5-" + kind + ".onnx");
        Dataset test =
                Datasets.open(SharedFiles.require("data/mnist").toString()).test();
        int length = test.sample(0).length;
        float[] pixels = new float[test.size() * length];
        for (int i = 0; i < test.size(); i++) {
            test.copySample(i, pixels, i * length);
        }
        CompressedNetwork network = RecipeRunner.run(
                OnnxReader.read(model), Recipe.parse(SHARE_256, "test"), null, 1, "test", RecipeListener.SILENT);
        MachineConfig config = Presets.load("eie-isca16").withSettings(List.of("weight_bits=8", "accumulator_bits=32"));
        Program program = Calibration.calibrate(
                Lowering.compile(network, config.target()),
                config,
                Arrays.copyOf(pixels, NUM_CALIBRATION * length),
                NUM_CALIBRATION,
                2,
                done -> {});

        ProgramRun float32 = run(program, config, new ExactEngine(), Numeric.FLOAT32, pixels, NUM_IMAGES);
        ProgramRun fixed16 = run(program, config, new ExactEngine(), Numeric.FIXED_POINT, pixels, NUM_IMAGES);
        if (NUM_IMAGES == test.size()) {
            assertThat(numErrors(float32, test)).isBetween(89, 93);
        } else {
            assertThat(numErrors(float32, test)).isLessThan(NUM_IMAGES / 40);
        }
        assertThat(Math.abs(numErrors(fixed16, test) - numErrors(float32, test)))
                .isLessThanOrEqualTo(NUM_IMAGES / 1000 + 1);

        ReferenceExecutor reference = new ReferenceExecutor(network.network());
        for (int i = 0; i < NUM_COMPARED; i++) {
            float[] expected = reference.run(test.sample(i));
            for (int j = 0; j < expected.length; j++) {
                assertThat(float32.outputs()[i * expected.length + j] + 0f).isEqualTo(expected[j] + 0f);
            }
        }
        for (Numeric numeric : Numeric.values()) {
            ProgramRun exact = run(program, config, new ExactEngine(), numeric, pixels, NUM_COMPARED);
            ProgramRun functional = run(program, config, new FunctionalEngine(), numeric, pixels, NUM_COMPARED);
            assertThat(exact.layers())
                    .extracting(LayerRun::outputDigest)
                    .containsExactlyElementsOf(functional.layers().stream()
                            .map(LayerRun::outputDigest)
                            .toList());
        }
    }
}
