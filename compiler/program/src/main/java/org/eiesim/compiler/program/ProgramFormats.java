package org.eiesim.compiler.program;

import java.util.List;
import org.eiesim.kernels.fixed.QFormat;

/**
 * The fixed-point formats of a whole program, as calibration finds them.
 *
 * @param layers one per layer of the layer table
 * @param hostOperations formats of what the host operations yield, in the order in which they stand in the body
 */
public record ProgramFormats(List<LayerFormats> layers, List<QFormat> hostOperations) {
    /** Copies the lists. */
    public ProgramFormats {
        layers = List.copyOf(layers);
        hostOperations = List.copyOf(hostOperations);
    }
}
