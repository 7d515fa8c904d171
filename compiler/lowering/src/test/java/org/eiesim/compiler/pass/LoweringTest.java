package org.eiesim.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.eiesim.compiler.GoldenFiles;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramValidator;
import org.eiesim.compiler.program.ProgramWriter;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Target;
import org.eiesim.compiler.target.Target.BiasMode;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.junit.jupiter.api.Test;

class LoweringTest {
    private static final Provenance PROVENANCE = new Provenance("test", "", 0, "test");
    private static final Target WIDE = new Target(4, 4, 4, 1 << 17, 1 << 14, 64, BiasMode.PRELOAD);

    /** Flatten, dense + ReLU, dropout, dense on top, softmax: a network that needs every pass. */
    private static CompressedNetwork classifier() {
        TestNetworks.Builder builder = new TestNetworks.Builder(new Random(7));
        String value = builder.add(new Node.Flatten("flatten", "image"));
        value = builder.dense("fc1", value, 16, 10, 0.4);
        value = builder.add(new Node.Activation("relu1", value, ActivationFunction.RELU));
        value = builder.add(new Node.Dropout("drop", value, 0.5));
        value = builder.dense("fc2", value, 10, 4, 0.5);
        value = builder.add(new Node.Softmax("softmax", value));
        Network network = new Network(
                "classifier", List.of(new Network.Input("image", Shape.of(1, 4, 4))), builder.nodes, List.of(value));
        return new CompressedNetwork(network, builder.layers, PROVENANCE);
    }

    private static void golden(String name, Target target) throws IOException {
        Lowering.compile(classifier(), target, (stage, text) -> {
            try {
                GoldenFiles.check(
                        text,
                        "compiler/lowering/src/test/resources/org/eiesim/compiler/pass/" + name + "." + stage.name()
                                + ".expect");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void everyPassYieldsItsGoldenTextOnAMachineThatHoldsTheNetwork() throws IOException {
        golden("resident", WIDE);
    }

    @Test
    void everyPassYieldsItsGoldenTextOnATinyMachine() throws IOException {
        golden("tiled", new Target(2, 2, 4, 10, 7, 3, BiasMode.COLUMN));
    }

    @Test
    void thePassesAreListedOnceEach() {
        assertThat(Lowering.stages())
                .extracting(Stage::name)
                .containsExactly("winograd", "legalise", "fold", "tile", "place", "encode", "schedule", "emit");
        assertThat(Lowering.stages())
                .allSatisfy(
                        stage -> assertThat(stage.description()).isNotBlank().endsWith("."));
    }

    @Test
    void tilesCoverEveryWeightOnceAndFitTheMachine() throws FormatException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            CompressedNetwork network = TestNetworks.network(random);
            Target target = TestNetworks.target(random);
            if (network.layers().stream().anyMatch(l -> l.codebook().length > 1 << target.weightBits())) {
                continue;
            }
            Program program = Lowering.compile(network, target);
            for (int layer = 0; layer < program.layers().size(); layer++) {
                checkCover(seed, network.layers().get(layer), layer, program);
            }
        }
    }

    private static void checkCover(long seed, CompressedLayer layer, int index, Program program) {
        Target target = program.target();
        int numColumns = layer.shape().extent(1);
        byte[] codes = new byte[layer.codes().length];
        Arrays.fill(codes, (byte) -1);
        Set<Integer> biasRows = new HashSet<>();
        for (WeightImage image : program.images()) {
            if (image.layer() != index) {
                continue;
            }
            assertThat(image.maxEntriesPerPe()).as("seed %d", seed).isLessThanOrEqualTo(target.spmatCapacityEntries());
            assertThat(image.matrix().numColumns()).isLessThanOrEqualTo(target.pointerCapacityColumns());
            assertThat(image.numInputs()).isLessThanOrEqualTo(target.registerFileCapacity());
            assertThat(image.matrix().numRows()).isLessThanOrEqualTo(target.registerFileCapacity());
            byte[] decoded = InterleavedCscDecoder.decode(image.matrix());
            for (int row = 0; row < image.matrix().numRows(); row++) {
                for (int column = 0; column < image.numInputs(); column++) {
                    int position = (image.firstRow() + row) * numColumns + image.firstColumn() + column;
                    assertThat(codes[position])
                            .as("seed %d: covered twice", seed)
                            .isEqualTo((byte) -1);
                    codes[position] = decoded[row * image.matrix().numColumns() + column];
                }
                if (image.biasColumn()) {
                    assertThat(biasRows.add(image.firstRow() + row))
                            .as("seed %d", seed)
                            .isTrue();
                    assertThat(image.firstColumn() + image.numInputs()).isEqualTo(numColumns);
                }
            }
        }
        assertThat(codes).as("seed %d", seed).isEqualTo(layer.codes());
        assertThat(biasRows.size()).as("seed %d", seed).isIn(0, layer.shape().extent(0));
    }

    @Test
    void columnTilesStartAtPeZeroUnlessMemoryIsTooSmallForOneInputRow() throws FormatException {
        byte[] codes = new byte[8 * 30];
        Arrays.fill(codes, (byte) 1);
        CompressedNetwork network = TestNetworks.single(codes, 8, 30, new float[] {0, 1}, null);
        Program program = Lowering.compile(network, new Target(4, 4, 4, 20, 1 << 14, 64, BiasMode.PRELOAD));
        assertThat(program.images())
                .extracting(WeightImage::firstColumn, WeightImage::numInputs)
                .containsExactly(tuple(0, 8), tuple(8, 8), tuple(16, 8), tuple(24, 6));
        Program narrow = Lowering.compile(network, new Target(4, 4, 4, 1, 1 << 14, 64, BiasMode.PRELOAD));
        assertThat(narrow.images()).hasSize(2 * 30);
    }

    @Test
    void weightsThatFitTogetherAreLoadedOnce() throws FormatException {
        Program resident = Lowering.compile(classifier(), WIDE);
        assertThat(resident.setup())
                .extracting(i -> i.opcode())
                .containsExactly(
                        Opcode.LOAD_WEIGHTS,
                        Opcode.LOAD_POINTERS,
                        Opcode.LOAD_WEIGHTS,
                        Opcode.LOAD_POINTERS,
                        Opcode.BARRIER);
        assertThat(resident.body()).extracting(i -> i.opcode()).doesNotContain(Opcode.LOAD_WEIGHTS);
        assertThat(resident.body()).extracting(i -> i.opcode()).contains(Opcode.SWAP_REGISTER_FILES);
        Program streamed = Lowering.compile(classifier(), new Target(4, 4, 4, 25, 1 << 14, 64, BiasMode.PRELOAD));
        assertThat(streamed.setup()).isEmpty();
        assertThat(streamed.body()).extracting(i -> i.opcode()).contains(Opcode.LOAD_WEIGHTS);
    }

    @Test
    void manyVectorsTakeNoMoreInstructionsThanTwo() throws FormatException {
        assertThat(Lowering.compile(sequence(2), WIDE).body())
                .hasSameSizeAs(Lowering.compile(sequence(50_000), WIDE).body());
    }

    private static CompressedNetwork sequence(int steps) {
        TestNetworks.Builder builder = new TestNetworks.Builder(new Random(3));
        String value = builder.dense("fc", "x", 6, 9, 0.5);
        Network network = new Network(
                "sequence", List.of(new Network.Input("x", Shape.of(steps, 6))), builder.nodes, List.of(value));
        return new CompressedNetwork(network, builder.layers, PROVENANCE);
    }

    /** Three groups of two outputs, each over its own four of twelve inputs, as a grouped convolution's pixel has them. */
    @Test
    void groupsBecomeRowTilesOverTheirOwnInputs() throws FormatException {
        byte[] codes = new byte[6 * 4];
        Arrays.fill(codes, (byte) 1);
        SharedWeights weights = new SharedWeights(6, 4, 1, 1, new float[] {0, 1}, codes);
        Operation product = new Operation.Product(
                "y",
                "x",
                "y",
                LayerKind.CONVOLUTION,
                weights,
                3,
                new float[6],
                Vectors.packed(5, 12, 6),
                ActivationCode.RELU,
                List.of());
        for (Target target : List.of(WIDE, new Target(4, 4, 4, 2, 3, 1, BiasMode.PRELOAD))) {
            Graph graph = new Graph(
                    "groups",
                    target,
                    Map.of("x", Shape.of(5, 12), "y", Shape.of(5, 6)),
                    List.of("x"),
                    List.of(product),
                    List.of(new Graph.Output("y", "y")),
                    null);
            for (Pass pass :
                    List.of(new Tile(), new Place(LoweringOptions.DEFAULTS), new Encode(), new ScheduleTransfers())) {
                graph = pass.run(graph);
            }
            Program program = new Emit().run(graph);
            ProgramValidator.validate(program);
            int numWeights = 0;
            for (WeightImage image : program.images()) {
                int group = image.firstRow() / 2;
                assertThat(image.firstColumn()).isBetween(4 * group, 4 * group + 3);
                assertThat(image.firstColumn() + image.numInputs()).isLessThanOrEqualTo(4 * group + 4);
                assertThat(image.matrix().numRows()).isEqualTo(2);
                numWeights += image.numInputs() * image.matrix().numRows();
            }
            assertThat(numWeights).isEqualTo(codes.length);
        }
    }

    @Test
    void theSameNetworkGivesTheSameBytes() throws FormatException {
        assertThat(ProgramWriter.toBytes(Lowering.compile(classifier(), WIDE)))
                .isEqualTo(ProgramWriter.toBytes(Lowering.compile(classifier(), WIDE)));
    }

    @Test
    void whatCannotBeLoweredIsNamed() {
        Target threeBits = new Target(4, 4, 2, 1 << 17, 1 << 14, 64, BiasMode.PRELOAD);
        assertThatThrownBy(() -> Lowering.compile(
                        TestNetworks.single(new byte[] {4}, 1, 1, new float[] {0, 1, 2, 3, 4}, null), threeBits))
                .isInstanceOf(FormatException.class)
                .hasMessage("layer fc: 5 shared weights need weight_bits of at least 3, the machine has 2");
        Network dense = classifier().network();
        assertThatThrownBy(() -> Lowering.compile(new CompressedNetwork(dense, List.of(), PROVENANCE), WIDE))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "layer fc1: its weights are not shared; compress it first, with a recipe that shares weights"
                                + " in this layer");
        Network nothing = new Network(
                "nothing",
                List.of(new Network.Input("x", Shape.of(3))),
                List.of(new Node.Flatten("f", "x")),
                List.of("f"));
        assertThatThrownBy(() -> Lowering.compile(new CompressedNetwork(nothing, List.of(), PROVENANCE), WIDE))
                .hasMessage("output f: is the network's input x: there is nothing to run");
    }
}
