package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.InstructionFormats;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    /** One output: bias 0.5, weights 3, -3 and 0.25; ReLU; softmax over its single value. */
    private static CompressedNetwork network() {
        CompressedLayer layer = new CompressedLayer(
                new ParameterKey("fc", ParameterKey.WEIGHT), Shape.of(1, 3), new float[] {0, 3, -3, 0.25f}, new byte[] {
                    1, 2, 3
                });
        List<Node> nodes = List.of(
                new Node.Dense("fc", "x", layer.decode(), new Tensor(Shape.of(1), new float[] {0.5f})),
                new Node.Activation("relu", "fc", ActivationFunction.RELU),
                new Node.Softmax("prob", "relu"));
        Network network =
                new Network("one", List.of(new Network.Input("x", Shape.of(3))), nodes, List.of("relu", "prob"));
        return new CompressedNetwork(network, List.of(layer), new Provenance("test", "", 0, "test"));
    }

    private static LayerFormats calibrate(MachineConfig config, float... inputs) throws FormatException {
        Program program = Lowering.compile(network(), config.target());
        Program calibrated = Calibration.calibrate(program, config, inputs, inputs.length / 3, 1, done -> {});
        assertThat(calibrated.isCalibrated()).isTrue();
        return calibrated.body().stream()
                .filter(i -> i.opcode() == Opcode.SET_FORMATS)
                .map(InstructionFormats::layerFormats)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void formatsHoldTheLargestMagnitudesOfEveryPartialSum() throws FormatException {
        MachineConfig config = MachineConfig.defaults().withSettings(List.of("pes=1", "accumulator_bits=16"));
        LayerFormats formats = calibrate(config, 1, 1, 1);
        // Inputs up to 1, weights up to 3; sums 0.5, 3.5, 0.5, 0.75; output 0.75.
        assertThat(formats.input()).isEqualTo(new QFormat(16, 14));
        assertThat(formats.weight()).isEqualTo(new QFormat(16, 13));
        assertThat(formats.accumulator()).isEqualTo(new QFormat(16, 13));
        assertThat(formats.output()).isEqualTo(new QFormat(16, 15));
    }

    @Test
    void theMaximumIsTakenOverAllInputs() throws FormatException {
        MachineConfig config = MachineConfig.defaults().withSettings(List.of("pes=1", "accumulator_bits=16"));
        LayerFormats formats = calibrate(config, 1, 1, 1, -100, 0, 0);
        assertThat(formats.input()).isEqualTo(new QFormat(16, 8));
        assertThat(formats.accumulator()).isEqualTo(new QFormat(16, 6));
        assertThat(formats.output()).isEqualTo(new QFormat(16, 15));
    }

    @Test
    void theAccumulatorIsNoFinerThanTheProduct() throws FormatException {
        MachineConfig config = MachineConfig.defaults()
                .withSettings(List.of("pes=1", "activation_bits=4", "weight_value_bits=4", "accumulator_bits=32"));
        LayerFormats formats = calibrate(config, 1, 1, 1);
        assertThat(formats.input()).isEqualTo(new QFormat(4, 2));
        assertThat(formats.weight()).isEqualTo(new QFormat(4, 1));
        assertThat(formats.accumulator()).isEqualTo(new QFormat(32, 3));
    }

    @Test
    void aBiasColumnNeedsRoomForItsInputOfOne() throws FormatException {
        MachineConfig config = MachineConfig.defaults().withSettings(List.of("pes=1", "bias=column"));
        assertThat(calibrate(config, 0.25f, 0, 0).input()).isEqualTo(new QFormat(16, 14));
        assertThat(calibrate(MachineConfig.defaults().withSettings(List.of("pes=1")), 0.25f, 0, 0)
                        .input())
                .isEqualTo(new QFormat(16, 16));
    }

    @Test
    void hostOperationsAreCalibratedToo() throws FormatException {
        MachineConfig config = MachineConfig.defaults().withSettings(List.of("pes=1"));
        Program program = Calibration.calibrate(
                Lowering.compile(network(), config.target()), config, new float[] {1, 1, 1}, 1, 1, done -> {});
        ProgramRun run = new ProgramMachine(program, config, new FunctionalEngine(), Numeric.FIXED_POINT)
                .run(new float[] {1, 1, 1}, 1);
        assertThat(run.outputFormats()).containsExactly(new QFormat(16, 15), new QFormat(16, 14));
        assertThat(run.outputs()).containsExactly(0.75f, 1);
        assertThat(run.rawOutputs()).containsExactly(3 << 13, 1 << 14);
        assertThat(run.saturations()).isZero();
        assertThat(run.hostOperations()).hasSize(1).first().satisfies(host -> {
            assertThat(host.name()).isEqualTo("prob");
            assertThat(host.values()).isEqualTo(1);
        });
    }

    @Test
    void sumsBeyondTheCalibratedOnesSaturateAndAreCounted() throws FormatException {
        MachineConfig config = MachineConfig.defaults().withSettings(List.of("pes=1", "accumulator_bits=16"));
        Program program = Calibration.calibrate(
                Lowering.compile(network(), config.target()), config, new float[] {1, 1, 1}, 1, 1, done -> {});
        ProgramRun run = new ProgramMachine(program, config, new FunctionalEngine(), Numeric.FIXED_POINT)
                .run(new float[] {1.9f, 0, 0}, 1);
        // 0.5 + 3 * 1.9 = 6.2 exceeds the accumulator's 4 and the output's 1: two saturations.
        assertThat(run.saturations()).isEqualTo(2);
        assertThat(run.outputs()[0]).isEqualTo(32767 / 32768f);
        ProgramRun input = new ProgramMachine(program, config, new FunctionalEngine(), Numeric.FIXED_POINT)
                .run(new float[] {0, 0, 2.5f}, 1);
        // The input format ends at 2: 0.5 + 0.25 * 2 reaches 1, past the output's largest value.
        assertThat(input.saturations()).isEqualTo(2);
    }
}
