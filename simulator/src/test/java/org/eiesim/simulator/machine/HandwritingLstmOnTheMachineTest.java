package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.recipe.Recipe;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.models.importers.HandwritingLstm;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Test;

/** The published LSTM for handwriting, hidden size 500, over 200 pen movements. */
class HandwritingLstmOnTheMachineTest {
    private static final int NUM_STEPS = 200;

    private static final String SHARE_256 =
            "seed: 1\nsteps:\n  - method: share-weights\n    parameters: {entries: 256, initialization: linear}\n";

    @Test
    void twoHundredStepsEqualTheReferenceExecutorAndEveryEngineAgrees() throws IOException {
        Path file = SharedFiles.require("models/lstm/handwriting_lstm500_b64_weights.json");
        CompressedNetwork network = RecipeRunner.run(
                HandwritingLstm.read(file, NUM_STEPS),
                Recipe.parse(SHARE_256, "test"),
                null,
                1,
                "test",
                RecipeListener.SILENT);
        MachineConfig config = Presets.load("eie-isca16").withSettings(List.of("weight_bits=8", "accumulator_bits=32"));
        Program program = Lowering.compile(network, config.target());
        assertThat(program.layers().get(0).kind()).isEqualTo(LayerKind.RECURRENT);
        assertThat(program.layers().get(0).numVectors()).isEqualTo(NUM_STEPS);
        float[] pen = new float[program.inputLength()];
        Random random = new Random(3);
        for (int i = 0; i < pen.length; i++) {
            pen[i] = i % 3 == 2 ? random.nextInt(2) : (float) random.nextGaussian();
        }
        ProgramRun float32 = run(program, config, new ExactEngine(), Numeric.FLOAT32, pen);
        float[] expected = new ReferenceExecutor(network.network()).run(pen);
        assertThat(expected).hasSize(NUM_STEPS * 121);
        for (int i = 0; i < expected.length; i++) {
            assertThat(float32.outputs()[i] + 0f).as("output %d", i).isEqualTo(expected[i] + 0f);
        }
        Program calibrated = Calibration.calibrate(program, config, pen, 1, 2, done -> {});
        ProgramRun exact = run(calibrated, config, new ExactEngine(), Numeric.FIXED_POINT, pen);
        ProgramRun functional = run(calibrated, config, new FunctionalEngine(), Numeric.FIXED_POINT, pen);
        assertThat(exact.rawOutputs()).isEqualTo(functional.rawOutputs());
        assertThat(exact.layers().get(0).outputDigest())
                .isEqualTo(functional.layers().get(0).outputDigest());
        double largestDifference = 0;
        for (int i = 0; i < expected.length; i++) {
            largestDifference = Math.max(largestDifference, Math.abs(exact.outputs()[i] - expected[i]));
        }
        assertThat(largestDifference)
                .isPositive()
                .isLessThan(0.05 * float32.layers().get(1).maxOutput());
    }

    private static ProgramRun run(Program program, MachineConfig config, Engine engine, Numeric numeric, float[] pen) {
        return new ProgramMachine(program, config, engine, numeric).run(pen, 1, 2, done -> {});
    }
}
