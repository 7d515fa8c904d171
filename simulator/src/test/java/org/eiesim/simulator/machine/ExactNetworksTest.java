package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.exact.ExactEngine;
import org.junit.jupiter.api.Test;

/** Whole small networks, tiled and not, on machines of all kinds: the exact engine against the clocked one, every field. */
class ExactNetworksTest {
    private static final int NUM_NETWORKS = 200;

    private static MachineConfig machine(Random random) {
        List<String> settings = new ArrayList<>();
        settings.add("pes=" + pick(random, 1, 2, 4, 7, 16, 64));
        settings.add("queue_slots=" + pick(random, 2, 3, 8, 64));
        settings.add("broadcast_width=" + pick(random, 1, 1, 2, 5));
        settings.add("spmat_row_entries=" + pick(random, 1, 2, 8, 64));
        settings.add("index_bits=" + (1 + random.nextInt(8)));
        settings.add("live_inputs=" + (random.nextBoolean() ? "nonzero" : "positive"));
        settings.add("bias=" + (random.nextBoolean() ? "column" : "preload"));
        settings.add("rounding=" + List.of("half_up", "truncate", "half_even").get(random.nextInt(3)));
        settings.add("activation_bits=" + (2 + random.nextInt(15)));
        settings.add("weight_value_bits=" + (2 + random.nextInt(15)));
        settings.add("accumulator_bits=" + (2 + random.nextInt(31)));
        if (random.nextBoolean()) {
            // Memories so small that layers are cut in both directions.
            settings.add("register_file_length=" + pick(random, 1, 2, 5));
            settings.add("spmat_sram_bytes=" + pick(random, 100, 200, 5000));
            settings.add("pointer_sram_bytes=" + pick(random, 16, 40, 5000));
        }
        return MachineConfig.defaults().withSettings(settings);
    }

    private static int pick(Random random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void everyLayerOfEveryNetworkHasTheSameEvents() throws FormatException {
        int numLayers = 0;
        long numProducts = 0;
        for (long seed = 0; seed < NUM_NETWORKS; seed++) {
            NetworkCase network = new NetworkCase(seed, 40);
            MachineConfig config = machine(new Random(seed));
            Program program = Calibration.calibrate(
                    Lowering.compile(network.network, config.target()),
                    config,
                    network.inputs,
                    network.numInputs,
                    1,
                    done -> {});
            for (Numeric numeric : Numeric.values()) {
                ProgramRun clocked = new ProgramMachine(program, config, new ClockedEngine(), numeric)
                        .run(network.inputs, network.numInputs);
                ProgramRun exact = new ProgramMachine(program, config, new ExactEngine(), numeric)
                        .run(network.inputs, network.numInputs);
                for (int i = 0; i < clocked.layers().size(); i++) {
                    assertThat(exact.layers().get(i))
                            .as("seed %d, layer %d, %s, %s", seed, i, numeric, config)
                            .usingRecursiveComparison()
                            .isEqualTo(clocked.layers().get(i));
                    numLayers++;
                    numProducts += clocked.layers().get(i).events().products;
                }
                assertThat(exact.outputs()).as("seed %d", seed).isEqualTo(clocked.outputs());
                assertThat(exact.rawOutputs()).as("seed %d", seed).isEqualTo(clocked.rawOutputs());
            }
        }
        assertThat(numLayers).isGreaterThan(2 * NUM_NETWORKS);
        assertThat(numProducts).as("tiles and vectors must be many").isGreaterThan(20L * numLayers);
    }
}
