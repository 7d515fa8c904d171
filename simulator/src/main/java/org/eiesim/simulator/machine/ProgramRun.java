package org.eiesim.simulator.machine;

import java.util.List;
import org.eiesim.kernels.fixed.QFormat;
import org.jspecify.annotations.Nullable;

/**
 * The result of running a program over inputs.
 *
 * @param numInputs inputs run
 * @param outputs {@code [numInputs][program.outputLength()]} outputs; in fixed point the exact values of the raw ones
 * @param rawOutputs the same outputs as raw fixed-point values, or null in float32
 * @param outputFormats format of each of the program's outputs in {@code rawOutputs}; empty in float32
 * @param layers one entry per layer
 * @param hostOperations one entry per host operation, in program order
 * @param setupTransfers what was moved once, before the first input
 */
public record ProgramRun(
        int numInputs,
        float[] outputs,
        int @Nullable [] rawOutputs,
        List<QFormat> outputFormats,
        List<LayerRun> layers,
        List<HostRun> hostOperations,
        TransferCounts setupTransfers) {
    /** Copies the lists. */
    public ProgramRun {
        outputFormats = List.copyOf(outputFormats);
        layers = List.copyOf(layers);
        hostOperations = List.copyOf(hostOperations);
    }

    /**
     * Returns the cycles of all layers and inputs.
     *
     * @return the sum over the layers; transfers and host work take none
     */
    public long cycles() {
        return layers.stream().mapToLong(layer -> layer.events().cycles).sum();
    }

    /**
     * Returns the time of all layers and inputs with weights that do not stay on chip streamed from DRAM.
     *
     * @return microseconds, the sum over the layers
     */
    public double streamedMicroseconds() {
        return layers.stream().mapToDouble(LayerRun::streamedMicroseconds).sum();
    }

    /**
     * Returns how many results were clipped.
     *
     * @return the sum over layers and host operations
     */
    public long saturations() {
        return layers.stream().mapToLong(layer -> layer.events().saturations).sum()
                + hostOperations.stream().mapToLong(HostRun::saturations).sum();
    }

    /**
     * Returns how many inputs are classified rightly.
     *
     * @param labels the class of each input, or null where it is not known
     * @return the fraction of inputs whose largest output, the first of equals, is that of their class; NaN where there is
     *     no input or labels are not known
     */
    public double accuracy(int @Nullable [] labels) {
        if (labels == null || numInputs == 0) {
            return Double.NaN;
        }
        int length = outputs.length / numInputs;
        int hits = 0;
        for (int i = 0; i < labels.length; i++) {
            int best = 0;
            for (int j = 1; j < length; j++) {
                if (outputs[i * length + j] > outputs[i * length + best]) {
                    best = j;
                }
            }
            hits += best == labels[i] ? 1 : 0;
        }
        return (double) hits / labels.length;
    }
}
