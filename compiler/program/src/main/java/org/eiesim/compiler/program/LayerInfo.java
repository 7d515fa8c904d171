package org.eiesim.compiler.program;

import java.util.List;

/**
 * What reports say of a layer.
 *
 * @param name its name in the network
 * @param kind what it was in the network
 * @param weightShape shape of its weight tensor
 * @param numNonzeros weights that are not pruned
 * @param codebookSize shared weights, zero included
 * @param numVectors input vectors of one run of the network: 1, or steps or pixels
 */
public record LayerInfo(
        String name, LayerKind kind, List<Integer> weightShape, int numNonzeros, int codebookSize, int numVectors) {
    /** Copies the shape and checks the ranges. */
    public LayerInfo {
        weightShape = List.copyOf(weightShape);
        if (weightShape.isEmpty()) {
            throw new IllegalArgumentException("layer " + name + ": no weight shape");
        }
        if (numNonzeros < 0 || codebookSize < 0 || numVectors < 0) {
            throw new IllegalArgumentException(
                    "layer " + name + ": negative count in " + numNonzeros + ", " + codebookSize + ", " + numVectors);
        }
        for (int extent : weightShape) {
            if (extent < 0) {
                throw new IllegalArgumentException("layer " + name + ": negative extent in " + weightShape);
            }
        }
    }
}
