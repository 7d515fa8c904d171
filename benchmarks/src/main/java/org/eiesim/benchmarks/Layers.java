package org.eiesim.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.simulator.machine.ProductImage;
import org.eiesim.studies.workload.EieLayers;
import org.eiesim.studies.workload.SyntheticLayer;

/**
 * A layer to measure.
 *
 * @param image its weights
 * @param inputs its inputs
 */
record Layers(ProductImage image, float[] inputs) {
    private static final int NUM_PES = 64;
    private static final int INDEX_BITS = 4;
    private static final long SEED = 1;

    /** Reads a dump folder, or draws the layer of that name for 64 PEs. */
    static Layers open(String nameOrFolder) throws IOException {
        Path folder = Path.of(nameOrFolder);
        if (Files.isDirectory(folder)) {
            Dump dump = DumpReader.read(folder);
            return new Layers(
                    new ProductImage(dump.matrix(), dump.codebook(), dump.numInputs(), true), dump.activations());
        }
        return of(SyntheticLayer.draw(EieLayers.byName(nameOrFolder), SEED), NUM_PES);
    }

    static Layers of(SyntheticLayer layer, int numPes) {
        return new Layers(layer.image(numPes, INDEX_BITS), layer.inputs());
    }
}
