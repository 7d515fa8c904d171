package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eiesim.compiler.asm.Disassembler;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramValidator;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;

/** Lowers compressed networks to programs. The one list of its passes is here. */
public final class Lowering {
    /** The passes, in the order in which they run. */
    static final List<Maker> PASSES = List.of(
            WinogradPass::new,
            (options, remarks) -> new Legalise(),
            (options, remarks) -> new Fold(),
            (options, remarks) -> new Tile(),
            (options, remarks) -> new Place(options),
            (options, remarks) -> new Encode(),
            (options, remarks) -> new ScheduleTransfers());

    private static final Emit EMIT = new Emit();

    private static final Observer NO_OBSERVER = Observer.ofRemarks(remark -> {});

    private Lowering() {}

    /**
     * Returns the steps, in the order in which they run.
     *
     * @return the passes and, last, the emission of the program
     */
    public static List<Stage> stages() {
        return stages(PASSES);
    }

    static List<Stage> stages(List<Maker> passes) {
        List<Stage> stages = new ArrayList<>();
        passes.forEach(maker -> stages.add(maker.make(LoweringOptions.DEFAULTS, remark -> {})));
        stages.add(EMIT);
        return List.copyOf(stages);
    }

    /** Makes a pass. */
    @FunctionalInterface
    interface Maker {
        /**
         * Makes the pass.
         *
         * @param options what was chosen
         * @param remarks is told what a user should know of the pass's choices
         * @return the pass
         */
        Pass make(LoweringOptions options, Consumer<String> remarks);
    }

    /**
     * Lowers a network.
     *
     * @param network the network
     * @param target the machine
     * @return its program, whose fixed-point formats are still to be calibrated
     * @throws FormatException if the network or the machine does not allow it; one line that names node or layer
     */
    public static Program compile(CompressedNetwork network, Target target) throws FormatException {
        return compile(network, target, LoweringOptions.DEFAULTS, NO_OBSERVER);
    }

    /**
     * Lowers a network with choices.
     *
     * @param network the network
     * @param target the machine
     * @param options the choices
     * @return its program, whose fixed-point formats are still to be calibrated
     * @throws FormatException if the network or the machine does not allow it; one line that names node or layer
     */
    public static Program compile(CompressedNetwork network, Target target, LoweringOptions options)
            throws FormatException {
        return compile(network, target, options, NO_OBSERVER);
    }

    /**
     * Lowers a network and shows every step.
     *
     * @param network the network
     * @param target the machine
     * @param observer is given each step and, as text, what it yielded
     * @return its program, whose fixed-point formats are still to be calibrated
     * @throws FormatException if the network or the machine does not allow it; one line that names node or layer
     */
    public static Program compile(CompressedNetwork network, Target target, Observer observer) throws FormatException {
        return compile(network, target, LoweringOptions.DEFAULTS, observer);
    }

    /**
     * Lowers a network with choices and shows every step.
     *
     * @param network the network
     * @param target the machine
     * @param options the choices
     * @param observer is given each step and, as text, what it yielded
     * @return its program, whose fixed-point formats are still to be calibrated
     * @throws FormatException if the network or the machine does not allow it; one line that names node or layer
     * @throws IllegalArgumentException if no pass has an option that was chosen
     */
    public static Program compile(CompressedNetwork network, Target target, LoweringOptions options, Observer observer)
            throws FormatException {
        return compile(network, target, options, observer, PASSES);
    }

    static Program compile(
            CompressedNetwork network, Target target, LoweringOptions options, Observer observer, List<Maker> passes)
            throws FormatException {
        requireKnown(options, stages(passes));
        Graph graph = GraphBuilder.build(network, target);
        for (Maker maker : passes) {
            Pass pass = maker.make(options, observer::remark);
            graph = run(pass, graph);
            if (observer.wants(pass)) {
                observer.after(pass, GraphPrinter.print(graph));
            }
        }
        Program program = EMIT.run(graph);
        ProgramValidator.validate(program);
        if (observer.wants(EMIT)) {
            observer.after(EMIT, Disassembler.listing(program));
        }
        return program;
    }

    /** Runs a pass on a graph that is ready for it. */
    static Graph run(Pass pass, Graph graph) throws FormatException {
        if (graph.schedule() != null) {
            throw new FormatException(
                    "graph " + graph.name(), "is scheduled already; " + pass.name() + " takes what is not");
        }
        Form.require(pass, pass.takes(), graph);
        return pass.run(graph);
    }

    private static void requireKnown(LoweringOptions options, List<Stage> stages) {
        Set<String> known = new TreeSet<>();
        stages.forEach(stage -> stage.options().forEach(option -> known.add(option.name())));
        for (String name : options.choices().keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "no pass has the option " + name + "; there are " + String.join(", ", known));
            }
        }
    }

    /** Looks at what the steps of lowering yield. */
    @FunctionalInterface
    public interface Observer {
        /**
         * Is given what a step yielded.
         *
         * @param stage the step
         * @param text the graph or, after the last step, the program's listing; lines end with a line feed
         */
        void after(Stage stage, String text);

        /**
         * Says whether a step is of interest, so that no text is made for the others.
         *
         * @param stage the step
         * @return true by default
         */
        default boolean wants(Stage stage) {
            return true;
        }

        /**
         * Is told what a user should know of a choice that was made.
         *
         * @param text one line
         */
        default void remark(String text) {}

        /**
         * Returns an observer that only collects remarks.
         *
         * @param remarks is given each
         * @return the observer
         */
        static Observer ofRemarks(Consumer<String> remarks) {
            return new Observer() {
                @Override
                public void after(Stage stage, String text) {}

                @Override
                public boolean wants(Stage stage) {
                    return false;
                }

                @Override
                public void remark(String text) {
                    remarks.accept(text);
                }
            };
        }
    }
}
