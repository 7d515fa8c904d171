package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.SharedWeightImport;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.models.data.Photograph;
import org.eiesim.models.importers.DeepCompressionNet;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Test;

/** SqueezeNet as its authors compressed it, imported, compiled and run whole on photographs. */
class PublishedSqueezeNetTest {
    private static final int SIZE = 227;

    @Test
    void photographsAreClassifiedAndEqualTheReferenceExecutor() throws IOException {
        CompressedNetwork network = SharedWeightImport.of(
                DeepCompressionNet.read(
                        SharedFiles.require("models/squeezenet/compressed_SqueezeNet.net"),
                        SharedFiles.require("models/squeezenet/SqueezeNet_deploy.prototxt")),
                "test");
        MachineConfig config = Presets.load("eie-isca16").withSettings(List.of("weight_bits=8", "accumulator_bits=32"));
        Program program = Lowering.compile(network, config.target());
        ReferenceExecutor reference = new ReferenceExecutor(network.network());
        for (Map.Entry<String, Integer> photograph :
                Map.of("chelsea.png", 285, "coffee.png", 967).entrySet()) {
            float[] image = Photograph.read(SharedFiles.require("models/photos/" + photograph.getKey()), SIZE);
            ProgramRun exact = new ProgramMachine(program, config, new ExactEngine(), Numeric.FLOAT32)
                    .run(image, 1, 2, done -> {});
            assertThat(best(exact.outputs())).as(photograph.getKey()).isEqualTo(photograph.getValue());
            float[] expected = reference.run(image);
            for (int i = 0; i < expected.length; i++) {
                assertThat(exact.outputs()[i] + 0f).as("class %d", i).isEqualTo(expected[i] + 0f);
            }
            if (!photograph.getKey().equals("chelsea.png")) {
                continue;
            }
            Program calibrated = Calibration.calibrate(program, config, image, 1, 2, done -> {});
            ProgramRun fixed = new ProgramMachine(calibrated, config, new ExactEngine(), Numeric.FIXED_POINT)
                    .run(image, 1, 2, done -> {});
            ProgramRun functional = new ProgramMachine(calibrated, config, new FunctionalEngine(), Numeric.FIXED_POINT)
                    .run(image, 1, 2, done -> {});
            assertThat(best(fixed.outputs())).isEqualTo(photograph.getValue());
            assertThat(fixed.rawOutputs()).isEqualTo(functional.rawOutputs());
            assertThat(fixed.layers().stream().map(LayerRun::outputDigest).toList())
                    .isEqualTo(functional.layers().stream()
                            .map(LayerRun::outputDigest)
                            .toList());
        }
    }

    private static int best(float[] outputs) {
        int best = 0;
        for (int i = 1; i < outputs.length; i++) {
            best = outputs[i] > outputs[best] ? i : best;
        }
        return best;
    }
}
