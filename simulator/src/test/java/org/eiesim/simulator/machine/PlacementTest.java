package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.target.LiveProfile;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Placement;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.eiesim.simulator.stats.Statistics;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final int NUM_INPUTS = 3;

    private static CompressedNetwork network(SharedNetwork net) {
        String x = net.convolution("conv1", net.input("x", 3, 5, 4), 10, 3, SharedNetwork.window(3, 1, 1), 1);
        x = net.add(new Node.Activation("relu1", x, ActivationFunction.RELU));
        x = net.convolution("conv2", x, 12, 10, SharedNetwork.window(1, 1, 0), 2);
        x = net.dense("fc1", net.add(new Node.Flatten("flat", x)), 240, 31);
        x = net.add(new Node.Activation("relu2", x, ActivationFunction.RELU));
        return net.build(net.dense("fc2", x, 31, 9));
    }

    private static ProgramRun run(
            Program program, MachineConfig config, Engine engine, Numeric numeric, float[] inputs) {
        return new ProgramMachine(program, config, engine, numeric).run(inputs, NUM_INPUTS);
    }

    @Test
    void placementChangesNoOutput() throws FormatException {
        List<List<String>> machines = List.of(
                List.of("pes=4"),
                List.of("pes=3", "bias=column", "index_bits=1"),
                List.of("pes=5", "spmat_sram_bytes=96", "spmat_row_entries=2", "register_file_length=3"));
        for (long seed = 0; seed < 4; seed++) {
            SharedNetwork net = new SharedNetwork(seed, 9, 0.3);
            CompressedNetwork network = network(net);
            float[] inputs = net.samples(NUM_INPUTS);
            for (List<String> settings : machines) {
                MachineConfig config = MachineConfig.defaults().withSettings(settings);
                Program interleaved = Lowering.compile(network, config.target());
                LiveProfile profile = LiveMeasurement.measure(
                        interleaved, config, new FunctionalEngine(), inputs, NUM_INPUTS, 2, done -> {});
                interleaved = Calibration.calibrate(interleaved, config, inputs, NUM_INPUTS, 1, done -> {});
                for (Placement placement : List.of(Placement.BALANCED_ENTRIES, Placement.BALANCED_LIVE)) {
                    Program placed = Lowering.compile(
                            network,
                            config.target(),
                            LoweringOptions.DEFAULTS
                                    .with("placement", placement)
                                    .with(profile));
                    placed = Calibration.calibrate(placed, config, inputs, NUM_INPUTS, 1, done -> {});
                    for (Numeric numeric : Numeric.values()) {
                        ProgramRun expected = run(interleaved, config, new FunctionalEngine(), numeric, inputs);
                        ProgramRun exact = run(placed, config, new ExactEngine(), numeric, inputs);
                        ProgramRun clocked = run(placed, config, new ClockedEngine(), numeric, inputs);
                        assertThat(exact.outputs())
                                .as("seed %d, %s, %s, %s", seed, settings, placement, numeric)
                                .isEqualTo(expected.outputs());
                        assertThat(exact.rawOutputs()).isEqualTo(expected.rawOutputs());
                        assertThat(clocked.outputs()).isEqualTo(expected.outputs());
                        assertThat(clocked.cycles()).isEqualTo(exact.cycles());
                    }
                }
            }
        }
    }

    /** Every PE has several rows, whose non-zeros differ: balancing them evens the work. */
    @Test
    void balancedRowsSpreadTheWorkMoreEvenly() throws FormatException {
        double interleaved = 0;
        double entries = 0;
        double live = 0;
        for (long seed = 0; seed < 6; seed++) {
            SharedNetwork net = new SharedNetwork(seed, 9, 0.1);
            CompressedNetwork network = net.build(net.dense("fc", net.input("x", 120), 120, 96));
            float[] inputs = net.samples(NUM_INPUTS);
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = i % 120 < 60 ? 0 : inputs[i];
            }
            MachineConfig config = MachineConfig.defaults().withSettings(List.of("pes=16"));
            Program before = Lowering.compile(network, config.target());
            LiveProfile profile =
                    LiveMeasurement.measure(before, config, new FunctionalEngine(), inputs, NUM_INPUTS, 1, done -> {});
            interleaved += balance(before, config, inputs);
            entries += balance(
                    Lowering.compile(
                            network,
                            config.target(),
                            LoweringOptions.DEFAULTS.with("placement", Placement.BALANCED_ENTRIES)),
                    config,
                    inputs);
            live += balance(
                    Lowering.compile(
                            network,
                            config.target(),
                            LoweringOptions.DEFAULTS
                                    .with("placement", Placement.BALANCED_LIVE)
                                    .with(profile)),
                    config,
                    inputs);
        }
        assertThat(live).isGreaterThan(entries).isGreaterThan(interleaved);
    }

    private static double balance(Program program, MachineConfig config, float[] inputs) {
        ProgramRun run = run(program, config, new ExactEngine(), Numeric.FLOAT32, inputs);
        return Statistics.BALANCE.of(run.layers().get(0).events());
    }
}
