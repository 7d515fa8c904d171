package org.eiesim.studies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.compress.CostModels.Measure;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.recipe.Recipe;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.eiesim.models.train.Trainer;
import org.eiesim.models.zoo.Zoo;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.LayerRun;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProgramMachine;
import org.eiesim.simulator.machine.ProgramRun;
import org.junit.jupiter.api.Test;

class MachineCostsTest {
    private static final MachineConfig MACHINE =
            Presets.load(Presets.EIE_ISCA16).with(Parameters.PES, 4).with(Parameters.QUEUE_SLOTS, 3);

    /** A layer of 16 shared weights with zeros drawn independently. */
    private static CompressedLayer layer(String name, int numOutputs, int numInputs, double density, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] codes = new byte[numOutputs * numInputs];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextDouble() < density ? random.nextInt(1, 16) : 0);
        }
        float[] codebook = new float[16];
        for (int i = 1; i < 16; i++) {
            codebook[i] = (i - 8.5f) / 8;
        }
        return new CompressedLayer(
                new ParameterKey(name, ParameterKey.WEIGHT), Shape.of(numOutputs, numInputs), codebook, codes);
    }

    private static CompressedNetwork network(CompressedLayer... layers) {
        List<Node> nodes = new ArrayList<>();
        String value = "in";
        for (CompressedLayer layer : layers) {
            String name = layer.key().layerName();
            nodes.add(new Node.Dense(
                    name,
                    value,
                    layer.decode(),
                    new Tensor(
                            Shape.of(layer.shape().extent(0)),
                            new float[layer.shape().extent(0)])));
            value = name;
        }
        int numInputs = layers[0].shape().extent(1);
        return new CompressedNetwork(
                new Network("n", List.of(new Network.Input("in", Shape.of(numInputs))), nodes, List.of(value)),
                List.of(layers),
                new Provenance("n", "", 0, "test"));
    }

    private static ProgramRun clocked(CompressedNetwork network, float[] inputs, int numInputs) throws FormatException {
        Program program = Lowering.compile(network, MACHINE.target());
        return new ProgramMachine(program, MACHINE, new ClockedEngine(), Numeric.FLOAT32).run(inputs, numInputs);
    }

    @Test
    void sampledCostIsWhatTheClockedMachineCounts() throws FormatException {
        CompressedNetwork network = network(layer("a", 50, 30, 0.3, 1), layer("b", 20, 50, 0.2, 2));
        float[] inputs = new float[90];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i % 4 == 1 ? 0 : i - 40;
        }
        ProgramRun run = clocked(network, inputs, 3);
        EnergyModel model = EnergyModel.of(MACHINE);
        double energyPj = 0;
        for (LayerRun layer : run.layers()) {
            energyPj += model.price(layer.events(), layer.transfers()).energyPj();
        }
        MachineCosts costs = new MachineCosts(MACHINE);

        assertThat(costs.sampled(Measure.CYCLES, inputs, 3).cost(network)).isEqualTo(run.cycles() / 3.0);
        assertThat(costs.sampled(Measure.ENERGY, inputs, 3).cost(network))
                .isCloseTo(energyPj / 3, within(energyPj * 1e-9));
    }

    /** With every input live there is nothing to estimate. */
    @Test
    void expectedCostIsExactWhereAllInputsAreLive() throws FormatException {
        CompressedNetwork network = network(layer("a", 50, 30, 0.3, 1));
        float[] ones = new float[30];
        Arrays.fill(ones, 1);

        assertThat(new MachineCosts(MACHINE).expected(Measure.CYCLES, 1, 5).cost(network))
                .isEqualTo((double) clocked(network, ones, 1).cycles());
    }

    @Test
    void expectedCostComesCloseToTheMeanOverManyInputs() throws FormatException {
        CompressedNetwork network = network(layer("a", 200, 400, 0.2, 1));
        SplittableRandom random = new SplittableRandom(9);
        float[] inputs = new float[50 * 400];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextDouble() < 0.4 ? 1 : 0;
        }
        double mean = clocked(network, inputs, 50).cycles() / 50.0;

        assertThat(new MachineCosts(MACHINE).expected(Measure.CYCLES, 0.4, 5).cost(network))
                .isCloseTo(mean, within(0.05 * mean));
    }

    @Test
    void costsOfLayersAddUpAndAreTheSameAgain() {
        CompressedLayer a = layer("a", 50, 30, 0.3, 1);
        CompressedLayer b = layer("b", 20, 50, 0.2, 2);
        CostModel model = new MachineCosts(MACHINE).expected(Measure.ENERGY, 0.5, 5);
        double both = model.cost(network(a, b));

        assertThat(both).isCloseTo(model.cost(network(a)) + model.cost(network(b)), within(1e-6));
        assertThat(new MachineCosts(MACHINE).expected(Measure.ENERGY, 0.5, 5).cost(network(a, b)))
                .isEqualTo(both);
        assertThat(model.cost(network(a, layer("b", 20, 50, 0.1, 2)))).isLessThan(both);
    }

    @Test
    void doesNotEstimateConvolutions() {
        float[] codebook = {0, 1};
        CompressedLayer kernel = new CompressedLayer(
                new ParameterKey("conv", ParameterKey.WEIGHT), Shape.of(1, 1, 1, 1), codebook, new byte[] {1});
        Node convolution =
                new Node.Convolution("conv", "in", kernel.decode(), null, new Window(1, 1, 1, 1, 0, 0, 0, 0, 1, 1), 1);
        CompressedNetwork network = new CompressedNetwork(
                new Network(
                        "n",
                        List.of(new Network.Input("in", Shape.of(1, 2, 2))),
                        List.of(convolution),
                        List.of("conv")),
                List.of(kernel),
                new Provenance("n", "", 0, "test"));

        assertThatThrownBy(() ->
                        new MachineCosts(MACHINE).expected(Measure.CYCLES, 1, 1).cost(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer conv is not fully connected");
    }

    /** A recipe's search with the simulator in the loop: the compressed network keeps its budget of cycles. */
    @Test
    void aRecipeSearchesDensitiesAgainstCycles() throws FormatException {
        SplittableRandom random = new SplittableRandom(3);
        byte[] pixels = new byte[400 * 40];
        random.nextBytes(pixels);
        int[] labels = random.ints(400, 0, 5).toArray();
        Dataset images = new Dataset("noise", Shape.of(40), pixels, labels, 5);
        Network network = Zoo.create("mlp-30", Shape.of(40), 5, 2);
        Recipe recipe = Recipe.parse("""
            seed: 4
            steps:
              - {method: search-densities, parameters: {cost: cycles, budget: 0.4, mutations: 5, cost-inputs: 6}}
              - {method: magnitude-prune, parameters: {epochs: 0}}
              - {method: share-weights, parameters: {epochs: 0}}
            """, "r");
        CompressedNetwork found = compress(network, recipe, images);
        CompressedNetwork dense = compress(
                network, Recipe.parse("steps: [{method: share-weights, parameters: {epochs: 0}}]", "r"), images);
        Dataset validation =
                Trainer.split(images, RecipeRunner.VALIDATION_FRACTION).validation();
        float[] inputs = new float[6 * 40];
        for (int i = 0; i < 6; i++) {
            validation.copySample(i, inputs, i * 40);
        }
        CostModel cycles = new MachineCosts(MACHINE).sampled(Measure.CYCLES, inputs, 6);

        assertThat(cycles.cost(found)).isLessThanOrEqualTo(0.4 * cycles.cost(dense));
        assertThat(compress(network, recipe, images)).usingRecursiveComparison().isEqualTo(found);
    }

    private static CompressedNetwork compress(Network network, Recipe recipe, Dataset images) throws FormatException {
        return RecipeRunner.run(
                network,
                recipe,
                new DatasetPair(images, images),
                1,
                "test",
                RecipeListener.SILENT,
                new MachineCosts(MACHINE));
    }
}
