package org.eiesim.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.junit.jupiter.api.Test;

/** A pass is one class and one line in the list of passes: this one, made up, is listed, chosen, run, shown and heard. */
class MadeUpPassTest {
    private static final Target TARGET = new Target(4, 4, 4, 1 << 17, 1 << 14, 64, Target.BiasMode.PRELOAD);

    /** What the made-up pass does with a softmax. */
    enum Top {
        KEPT,
        DROPPED
    }

    /** Leaves out a softmax at the end, which changes no answer's rank. */
    private static final class DropTop implements Pass {
        static final PassOption<Top> TOP =
                new PassOption<>("top", "What becomes of a softmax at the end.", Top.class, Top.KEPT);

        private final Top top;
        private final Consumer<String> remarks;

        DropTop(LoweringOptions options, Consumer<String> remarks) {
            top = TOP.of(options);
            this.remarks = remarks;
        }

        @Override
        public String name() {
            return "drop_top";
        }

        @Override
        public String description() {
            return "Leaves out a softmax at the end.";
        }

        @Override
        public List<PassOption<?>> options() {
            return List.of(TOP);
        }

        @Override
        public Set<Form> takes() {
            return Set.of(Form.NODE);
        }

        @Override
        public Graph run(Graph graph) {
            List<Operation> kept = new ArrayList<>(graph.operations());
            Operation last = kept.get(kept.size() - 1);
            if (top == Top.KEPT
                    || !(last instanceof Operation.Source source)
                    || !(source.node() instanceof Node.Softmax softmax)) {
                return graph;
            }
            kept.remove(last);
            remarks.accept("without its softmax " + softmax.name());
            return graph.with(kept, List.of(new Graph.Output(softmax.name(), softmax.input())));
        }
    }

    /** The one line. */
    private static List<Lowering.Maker> passes() {
        List<Lowering.Maker> passes = new ArrayList<>(Lowering.PASSES);
        passes.add(0, DropTop::new);
        return passes;
    }

    private static CompressedNetwork network() {
        TestNetworks.Builder builder = new TestNetworks.Builder(new Random(3));
        String value = builder.dense("fc", "x", 6, 3, 0.5);
        value = builder.add(new Node.Softmax("softmax", value));
        Network network =
                new Network("net", List.of(new Network.Input("x", Shape.of(6))), builder.nodes, List.of(value));
        return new CompressedNetwork(
                network,
                builder.layers,
                TestNetworks.single(new byte[] {1}, 1, 1, new float[] {0, 1}, null)
                        .provenance());
    }

    @Test
    void itIsListedWithItsOptionAndRunWhereItIsChosen() throws FormatException {
        assertThat(Lowering.stages(passes()).get(0).options())
                .extracting(PassOption::name, PassOption::domain)
                .containsExactly(tuple("top", "kept | dropped"));
        List<String> remarks = new ArrayList<>();
        TreeMap<String, String> texts = new TreeMap<>();
        Lowering.Observer observer = new Lowering.Observer() {
            @Override
            public void after(Stage stage, String text) {
                texts.put(stage.name(), text);
            }

            @Override
            public void remark(String text) {
                remarks.add(text);
            }
        };
        LoweringOptions options = LoweringOptions.DEFAULTS.with("top", Top.DROPPED);
        Program program = Lowering.compile(network(), TARGET, options, observer, passes());
        assertThat(program.body()).extracting(i -> i.opcode()).doesNotContain(Opcode.HOST_OPERATION);
        assertThat(program.outputs()).extracting(output -> output.name()).containsExactly("softmax");
        assertThat(texts.get("drop_top")).doesNotContain("= softmax(").endsWith("output softmax = fc\n");
        assertThat(remarks).containsExactly("without its softmax softmax");
        Program kept = Lowering.compile(network(), TARGET, LoweringOptions.DEFAULTS, observer, passes());
        assertThat(kept.body()).extracting(i -> i.opcode()).contains(Opcode.HOST_OPERATION);
    }

    @Test
    void whatIsChosenMustBeOffered() {
        assertThatThrownBy(() -> Lowering.compile(network(), TARGET, LoweringOptions.DEFAULTS.with("top", Top.KEPT)))
                .hasMessage("no pass has the option top; there are placement, winograd");
        assertThatThrownBy(
                        () -> Lowering.compile(network(), TARGET, LoweringOptions.DEFAULTS.with("placement", Top.KEPT)))
                .hasMessage("option placement is KEPT, not one of interleaved | balanced_entries | balanced_live");
    }

    @Test
    void itsTurnIsKept() throws FormatException {
        List<Lowering.Maker> late = new ArrayList<>(Lowering.PASSES);
        late.add(DropTop::new);
        assertThatThrownBy(() -> Lowering.compile(
                        network(), TARGET, LoweringOptions.DEFAULTS, Lowering.Observer.ofRemarks(r -> {}), late))
                .isInstanceOf(FormatException.class)
                .hasMessage("graph net: is scheduled already; drop_top takes what is not");
    }
}
