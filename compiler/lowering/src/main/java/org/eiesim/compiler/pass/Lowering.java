package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
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
    private static List<Pass> passes(LoweringOptions options, Observer observer) {
        return List.of(
                new Winograd(options.winograd(), observer::remark),
                new Legalise(),
                new Fold(),
                new Tile(),
                new Place(options),
                new Encode(),
                new ScheduleTransfers());
    }

    private static final Emit EMIT = new Emit();

    private static final Observer NO_OBSERVER = Observer.ofRemarks(remark -> {});

    private Lowering() {}

    /**
     * Returns the steps, in the order in which they run.
     *
     * @return the passes and, last, the emission of the program
     */
    public static List<Stage> stages() {
        List<Stage> stages = new ArrayList<>(passes(LoweringOptions.DEFAULTS, NO_OBSERVER));
        stages.add(EMIT);
        return List.copyOf(stages);
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
     */
    public static Program compile(CompressedNetwork network, Target target, LoweringOptions options, Observer observer)
            throws FormatException {
        Graph graph = GraphBuilder.build(network, target);
        for (Pass pass : passes(options, observer)) {
            graph = pass.run(graph);
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
