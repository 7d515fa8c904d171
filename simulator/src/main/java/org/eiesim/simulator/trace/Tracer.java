package org.eiesim.simulator.trace;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProductImage;
import org.eiesim.simulator.machine.ProgramMachine;

/**
 * Records what the clocked machine does in a window of one product's cycles. A trace is a run of its own: the run that
 * is measured has no observer and pays nothing for it.
 */
public final class Tracer {
    private Tracer() {}

    /**
     * Traces a product in float32.
     *
     * @param title what it is, for the trace's heading
     * @param image the weights
     * @param config the machine
     * @param inputs {@code image.numInputs()} finite values; not changed
     * @param window the cycles and PEs
     * @return the trace
     * @throws IllegalArgumentException if the window does not fit machine or product, or the product cannot run
     */
    public static Trace trace(
            String title, ProductImage image, MachineConfig config, float[] inputs, TraceWindow window) {
        TraceRecorder recorder = new TraceRecorder(window, config.pes());
        new ClockedEngine(recorder)
                .prepare(image, config, new Arithmetic.Float32())
                .run(inputs, 0, new float[image.matrix().numRows()], new EventRecord(config.pes()));
        return recorder.trace(title, config.get(Parameters.CLOCK_MHZ));
    }

    /**
     * Traces a product of a network's run for one input. The products around it run on the exact engine, which yields
     * the same values bit for bit.
     *
     * @param program the network
     * @param config the machine
     * @param numeric the numbers to compute in
     * @param input {@code program.inputLength()} finite values; not changed
     * @param target the product
     * @param window the cycles and PEs
     * @return the trace
     * @throws IllegalArgumentException if there is no such layer or product, the window does not fit machine or product,
     *     or the program cannot run
     */
    public static Trace trace(
            Program program,
            MachineConfig config,
            Numeric numeric,
            float[] input,
            TraceTarget target,
            TraceWindow window) {
        int layer = layerIndex(program, target);
        String title = "layer " + program.layers().get(layer).name() + ", product " + target.product();
        TraceRecorder recorder = new TraceRecorder(window, config.pes());
        TracedEngine engine = new TracedEngine(matricesOf(program, layer), target.product(), recorder);
        new ProgramMachine(program, config, engine, numeric).run(input, 1);
        if (engine.numProducts() <= target.product()) {
            throw new IllegalArgumentException("no " + title + "; the layer runs " + engine.numProducts()
                    + " products for an input, numbered from 0");
        }
        return recorder.trace(title, config.get(Parameters.CLOCK_MHZ));
    }

    /**
     * Checks what can be checked before a run: that the program has the layer and the machine the PEs, and that the trace
     * is not too large.
     *
     * @param program the network
     * @param config the machine
     * @param target the product
     * @param window the cycles and PEs
     * @throws IllegalArgumentException if that is not so
     */
    public static void check(Program program, MachineConfig config, TraceTarget target, TraceWindow window) {
        layerIndex(program, target);
        window.pesOf(config.pes());
    }

    private static int layerIndex(Program program, TraceTarget target) {
        String name = target.layer();
        if (name == null) {
            return program.images().stream()
                    .mapToInt(WeightImage::layer)
                    .min()
                    .orElseThrow(() -> new IllegalArgumentException("nothing to trace: the program has no weights"));
        }
        List<String> names = program.layers().stream().map(LayerInfo::name).toList();
        int layer = names.indexOf(name);
        if (layer < 0) {
            throw new IllegalArgumentException("no layer \"" + name + "\" to trace, only "
                    + names.stream().map(known -> "\"" + known + "\"").collect(Collectors.joining(", ")));
        }
        return layer;
    }

    private static Set<InterleavedCsc> matricesOf(Program program, int layer) {
        Set<InterleavedCsc> matrices = Collections.newSetFromMap(new IdentityHashMap<>());
        for (WeightImage image : program.images()) {
            if (image.layer() == layer) {
                matrices.add(image.matrix());
            }
        }
        return matrices;
    }
}
