package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.network.Network;
import org.eiesim.models.onnx.OnnxReader;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Test;

/** The published pruned LeNet-300-100, 16 shared weights a layer, over the MNIST test images on the machine of EIE. */
class PublishedLenetOnTheMachineTest {
    private static final int NUM_CALIBRATION = 1_000;

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

    private static List<Long> digests(ProgramRun run) {
        return run.layers().stream().map(LayerRun::outputDigest).toList();
    }

    private static ProgramRun run(
            Program program, MachineConfig config, Engine engine, Numeric numeric, float[] pixels, int numInputs) {
        float[] inputs = Arrays.copyOf(pixels, numInputs * program.inputLength());
        return new ProgramMachine(program, config, engine, numeric).run(inputs, numInputs, 2, done -> {});
    }

    @Test
    void tenThousandImagesAgreeOnEveryEngineAndFixedPointCostsNoAccuracy() throws IOException {
        Network network = OnnxReader.read(SharedFiles.require("models/lenet/lenet-300-100-sparse.onnx"));
        Dataset test =
                Datasets.open(SharedFiles.require("data/mnist").toString()).test();
        int length = test.sample(0).length;
        float[] pixels = new float[test.size() * length];
        for (int i = 0; i < test.size(); i++) {
            test.copySample(i, pixels, i * length);
        }
        CompressedNetwork compressed =
                RecipeRunner.run(network, Recipes.load("share-only"), null, 1, "test", RecipeListener.SILENT);
        MachineConfig config = Presets.load("eie-isca16");
        Program program = calibrated(compressed, config, pixels, length);

        ProgramRun float32 = run(program, config, new FunctionalEngine(), Numeric.FLOAT32, pixels, test.size());
        ProgramRun fixed16 = run(program, config, new FunctionalEngine(), Numeric.FIXED_POINT, pixels, test.size());
        assertThat(numErrors(float32, test)).isLessThanOrEqualTo(260);
        assertThat(Math.abs(numErrors(fixed16, test) - numErrors(float32, test)))
                .isLessThanOrEqualTo(5);

        for (Numeric numeric : Numeric.values()) {
            ProgramRun functional = numeric == Numeric.FLOAT32 ? float32 : fixed16;
            ProgramRun exact = run(program, config, new ExactEngine(), numeric, pixels, test.size());
            assertThat(digests(exact)).isEqualTo(digests(functional));
            assertThat(exact.outputs()).isEqualTo(functional.outputs());
            assertThat(exact.saturations()).isEqualTo(functional.saturations());
            ProgramRun clocked = run(program, config, new ClockedEngine(), numeric, pixels, test.size());
            assertThat(digests(clocked)).isEqualTo(digests(functional));
            assertThat(clocked.outputs()).isEqualTo(functional.outputs());
            assertThat(clocked.cycles()).isEqualTo(exact.cycles()).isPositive();
        }

        MachineConfig narrow =
                config.withSettings(List.of("activation_bits=8", "weight_value_bits=8", "accumulator_bits=8"));
        ProgramRun fixed8 = run(
                calibrated(compressed, narrow, pixels, length),
                narrow,
                new FunctionalEngine(),
                Numeric.FIXED_POINT,
                pixels,
                test.size());
        assertThat(numErrors(fixed8, test)).isNotEqualTo(numErrors(fixed16, test));
    }

    private static Program calibrated(CompressedNetwork network, MachineConfig config, float[] pixels, int length)
            throws IOException {
        Program program = Lowering.compile(network, config.target());
        float[] samples = Arrays.copyOf(pixels, NUM_CALIBRATION * length);
        return Calibration.calibrate(program, config, samples, NUM_CALIBRATION, 2, done -> {});
    }
}
