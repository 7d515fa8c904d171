package org.eiesim.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.text.GraphReader;
import org.eiesim.compiler.ir.text.GraphWriter;
import org.eiesim.compiler.program.ProgramWriter;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Placement;
import org.eiesim.compiler.target.Target;
import org.eiesim.compiler.target.WinogradUse;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.NodeSwitch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Graphs as text: what is written is read back the same, and what is wrong is named where it stands. */
class GraphTextTest {
    private static final LoweringOptions OPTIONS = LoweringOptions.DEFAULTS
            .with("placement", Placement.BALANCED_ENTRIES)
            .with("winograd", WinogradUse.ALWAYS);

    private static Graph readBack(Graph graph, String what) throws FormatException {
        String text = GraphWriter.write(graph);
        Graph read = GraphReader.read(text);
        requireSame(graph, read, what);
        assertThat(GraphWriter.write(read)).as(what).isEqualTo(text);
        return read;
    }

    /** Compares all that records hold, arrays by their elements. */
    private static void requireSame(@Nullable Object expected, @Nullable Object actual, String what) {
        if (expected instanceof Record && actual != null && expected.getClass() == actual.getClass()) {
            for (RecordComponent component : expected.getClass().getRecordComponents()) {
                try {
                    requireSame(
                            component.getAccessor().invoke(expected),
                            component.getAccessor().invoke(actual),
                            what + "." + component.getName());
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(e.getMessage(), e);
                }
            }
        } else if (expected instanceof List<?> all && actual instanceof List<?> others && all.size() == others.size()) {
            for (int i = 0; i < all.size(); i++) {
                requireSame(all.get(i), others.get(i), what + "[" + i + "]");
            }
        } else if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
            assertThat(other.keySet()).as(what).isEqualTo(map.keySet());
            map.forEach((key, value) -> requireSame(value, other.get(key), what + "." + key));
        } else if (!Arrays.deepEquals(new Object[] {expected}, new Object[] {actual})) {
            throw new AssertionError(what + ": expected " + expected + ", was " + actual);
        }
    }

    @Test
    void randomNetworksAreReadBackAfterEveryPassAndLoweredOnFromThere() throws FormatException {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            CompressedNetwork network = TestNetworks.network(random);
            Target target = TestNetworks.target(random);
            if (network.layers().stream().anyMatch(l -> l.codebook().length > 1 << target.weightBits())) {
                continue;
            }
            readAfterEveryPass(network, target, "seed " + seed);
        }
    }

    @Test
    void everyKindOfNetworkIsReadBackAfterEveryPass() throws FormatException {
        for (CompressedNetwork network : List.of(SpatialNetworks.convolutions(), SpatialNetworks.recurrent())) {
            readAfterEveryPass(
                    network,
                    new Target(4, 4, 4, 1 << 17, 1 << 14, 64, Target.BiasMode.PRELOAD),
                    network.network().name());
        }
    }

    @Test
    void theyHaveEveryKindOfNode() {
        Set<Class<?>> kinds = new HashSet<>();
        SpatialNetworks.convolutions().network().nodes().forEach(node -> kinds.add(node.getClass()));
        SpatialNetworks.recurrent().network().nodes().forEach(node -> kinds.add(node.getClass()));
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(NodeSwitch.kinds());
    }

    private static void readAfterEveryPass(CompressedNetwork network, Target target, String what)
            throws FormatException {
        Graph graph = readBack(GraphBuilder.build(network, target), what);
        for (Lowering.Maker maker : Lowering.PASSES) {
            Pass pass = maker.make(OPTIONS, remark -> {});
            graph = readBack(Lowering.run(pass, graph), what + " after " + pass.name());
        }
        assertThat(ProgramWriter.toBytes(new Emit().run(graph)))
                .as(what)
                .isEqualTo(ProgramWriter.toBytes(Lowering.compile(network, target, OPTIONS)));
    }

    @Test
    void aTextThatIsCutOffAnywhereIsNamedWhereItEnds() throws FormatException {
        Random random = new Random(5);
        String text = GraphWriter.write(GraphBuilder.build(
                TestNetworks.single(new byte[] {0, 1, 2, 0}, 2, 2, new float[] {0, 1.1f, -3}, new float[] {1, 2}),
                TestNetworks.target(random)));
        int numRefused = 0;
        for (int length = 0; length < text.length(); length++) {
            try {
                GraphReader.read(text.substring(0, length));
            } catch (FormatException e) {
                assertThat(e).hasMessageMatching("[0-9]+:[0-9]+: .*, in: .*");
                numRefused++;
            }
        }
        assertThat(numRefused).isGreaterThan(text.length() / 2);
    }

    private static final String HEAD = "graph g\n"
            + "target = (num_pes=2 index_bits=4 weight_bits=4 spmat_capacity_entries=9 pointer_capacity_columns=9"
            + " register_file_length=8 bias_mode=preload)\n"
            + "input x [4]\n";

    @Test
    void whatIsWrongIsNamedWithLineAndColumnAndTheSource() {
        refuses(
                "operation y [4] = idenity(input=x)",
                "4:19: no kind is called \"idenity\", did you mean identity?; there are source, identity, host_work,"
                        + " product, recurrence, in: operation y [4] = idenity(input=x)");
        refuses(
                "operation y [4] = identity(inputs=x)",
                "4:35: no field is called \"inputs\", did you mean input?; there are name, input, in: operation y [4] ="
                        + " identity(inputs=x)");
        refuses(
                "operation y [4] = identity(input=z)",
                "4:19: nothing above yields the value \"z\", in: operation y [4] = identity(input=z)");
        refuses("operation y [4] = identity()", "4:19: the field input is missing, in: operation y [4] = identity()");
        refuses(
                "operation x [4] = identity(input=x)",
                "4:11: two values are named x, in: operation x [4] = identity(input=x)");
        refuses(
                "operation y [4y] = identity(input=x)",
                "4:14: expected a shape such as [3x32x32], found \"4y\", in: operation y [4y] = identity(input=x)");
        refuses("operation y [4] = host_work(inputs=[x] kind=softmx)", "4:45: expected one of ");
        refuses(
                "ouput y = x",
                "4:1: expected one of input, operation, value, output, schedule, found \"ouput\", did you mean"
                        + " output?, in: ouput y = x");
        refuses(
                "operation y [4] = identity(input=x",
                "4:19: the parenthesis is not closed, in: operation y [4] = identity(input=x");
        refuses(
                "operation y [2] = product(input=x layer=y kind=dense weights=(outputs=2 channels=4 kernel_height=1"
                        + " kernel_width=1 codebooks=[[0 0.5]] codes=\"0120 0000\") groups=1",
                "4:");
        refuses("output y = " + "[".repeat(99), "4:12: expected the value it gives, found \"[\"");
        refuses("schedule = " + "[".repeat(99), "4:44: more than 32 brackets one in another");
    }

    private static void refuses(String item, String beginning) {
        assertThatThrownBy(() -> GraphReader.read(HEAD + item))
                .isInstanceOf(FormatException.class)
                .message()
                .startsWith(beginning);
    }

    @Test
    void codesBeyondTheirCodebookAreNamed() {
        refuses(
                "operation y [2] = product(input=x layer=y kind=dense weights=(outputs=2 channels=4 kernel_height=1"
                        + " kernel_width=1 codebooks=[[0 0.5]] codes=\"0120 0000\") groups=1 vectors=(count=1 input_step=1"
                        + " input_stride=4 output_step=1 output_stride=2) activation=none)",
                "4:62: code 2 in a codebook of 2, in: operation y [2] = product(");
    }
}
