package org.eiesim.studies.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * A network's errors on labelled inputs in numbers of several widths, as the machine computes them.
 *
 * @param numImages inputs run
 * @param accumulatorBits width of the accumulators in fixed point
 * @param rows one for each width, float32 first
 * @param notes remarks for the user, one line each
 */
public record PrecisionComparison(int numImages, int accumulatorBits, List<Row> rows, List<String> notes) {
    /**
     * What came of one width.
     *
     * @param precision the width
     * @param errors inputs that were given another class than theirs
     * @param saturations results that did not fit their format and were clipped, over all inputs
     */
    public record Row(Precision precision, int errors, long saturations) {}

    /** Copies the lists. */
    public PrecisionComparison {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /**
     * Runs a network in float32 and in other widths. Formats of fixed point are calibrated for each width.
     *
     * @param network the network
     * @param choice the machine; its accumulators are used in every fixed width
     * @param precisions the widths, float32 understood
     * @param engine how the machine is run; the result does not depend on it
     * @param inputs labelled inputs, at least one
     * @param numThreads threads, &ge; 1; the result does not depend on it
     * @param progress is told how many inputs are done, of as many as there are for each width
     * @return the errors
     * @throws FormatException if the network cannot be lowered to the machine
     * @throws IOException if the machine cannot be read
     * @throws IllegalArgumentException if there are no labelled inputs, they do not fit the network, or the machine is
     *     given a width of activations or shared weights
     */
    public static PrecisionComparison run(
            CompressedNetwork network,
            MachineChoice choice,
            Collection<Precision> precisions,
            EngineKind engine,
            Inputs inputs,
            int numThreads,
            IntConsumer progress)
            throws IOException {
        Precision.requireWidthsFree(choice);
        MachineConfig config = choice.config();
        if (inputs.labels() == null || inputs.count() == 0) {
            throw new IllegalArgumentException("errors are counted on labelled inputs, of which there are none");
        }
        EnumSet<Precision> all = EnumSet.of(Precision.FLOAT32);
        all.addAll(precisions);
        List<Row> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Precision precision : all) {
            int before = rows.size() * inputs.count();
            SimulationJob job = SimulationJob.ofNetwork(network, precision.machine(config));
            SimulationResult result = new Simulation(engine, precision.numeric(), numThreads, false)
                    .run(job, inputs, done -> progress.accept(before + done));
            int correct = (int) Math.round(result.accuracy() * inputs.count());
            rows.add(new Row(precision, inputs.count() - correct, result.run().saturations()));
            result.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        }
        return new PrecisionComparison(inputs.count(), config.get(Parameters.ACCUMULATOR_BITS), rows, notes);
    }

    /**
     * Returns the part of the inputs that were given another class.
     *
     * @param row a row of this comparison
     * @return 0..1
     */
    public double error(Row row) {
        return (double) row.errors() / numImages;
    }

    /**
     * Returns how much worse a width is than float32.
     *
     * @param row a row of this comparison
     * @return the difference of the errors in percentage points, negative where it is better
     */
    public double pointsToFloat32(Row row) {
        return 100.0 * (row.errors() - rows.get(0).errors()) / numImages;
    }
}
