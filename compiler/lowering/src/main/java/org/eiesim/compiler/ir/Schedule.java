package org.eiesim.compiler.ir;

import java.util.List;
import java.util.Map;

/**
 * Where everything lies and when it is moved.
 *
 * @param resident whether all weight images stay in the memories together, loaded once; else each is loaded when needed
 * @param buffers the host buffers
 * @param bufferOf number of the buffer that holds a value; a value that never leaves the register files has none
 * @param swapped products whose outputs become the next product's inputs by a swap of the register files
 * @param places the place of each image, in the order operation, product, row tile, column tile
 * @param groups which images are loaded together, in the order in which they run
 */
public record Schedule(
        boolean resident,
        List<Buffer> buffers,
        Map<String, Integer> bufferOf,
        List<String> swapped,
        List<Place> places,
        List<LoadGroup> groups) {
    /** Copies the collections. */
    public Schedule {
        buffers = List.copyOf(buffers);
        bufferOf = Map.copyOf(bufferOf);
        swapped = List.copyOf(swapped);
        places = List.copyOf(places);
        groups = List.copyOf(groups);
    }

    /**
     * A vector in the host's memory.
     *
     * @param name the value it was made for
     * @param length values
     */
    public record Buffer(String name, int length) {}

    /**
     * Where an image lies in every PE.
     *
     * @param weightAddress first entry in the weight memory
     * @param pointerAddress first column in the pointer memory
     */
    public record Place(int weightAddress, int pointerAddress) {}

    /**
     * Images of weights that are streamed together.
     *
     * @param firstImage the first of them
     * @param numImages how many follow one another
     * @param together whether they lie in the memories side by side, so that they are loaded once before the first runs;
     *     else each is loaded before each of its products
     * @param ahead whether they can be loaded while the group before is still at work
     */
    public record LoadGroup(int firstImage, int numImages, boolean together, boolean ahead) {}
}
