package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.Schedule.LoadGroup;
import org.eiesim.compiler.ir.Schedule.Place;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * Gives weight images their places. Where all fit the memories together they stay, one after another. Otherwise they are
 * streamed in groups: the column tiles of a row tile that serves many vectors, all tiles of a recurrent cell, else every
 * image by itself. Groups take turns at the two ends of the memories, so that one can be loaded while the other is at work
 * wherever both fit (double buffering).
 */
final class MemoryPlan {
    /** The widest row of a weight memory, in entries. */
    private static final int MAX_ROW_ENTRIES = 1024;

    /** Only so small a part of a weight memory may be lost in front of one image. */
    private static final int ALIGNED_PARTS = 16;

    private final Target target;
    private final List<InterleavedCsc> matrices = new ArrayList<>();
    private final List<Integer> groupSizes = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<LoadGroup> groups = new ArrayList<>();
    private final boolean resident;
    private final int alignment;

    MemoryPlan(Graph graph) {
        target = graph.target();
        alignment = alignmentEntries(target);
        for (Operation operation : graph.operations()) {
            collect(operation);
        }
        resident = isResident();
        if (!resident) {
            stream();
        }
    }

    /** Returns whether all images stay. */
    boolean resident() {
        return resident;
    }

    /** Returns the places of all images. */
    List<Place> places() {
        return places;
    }

    /** Returns the groups in which images are streamed; none where they stay. */
    List<LoadGroup> groups() {
        return groups;
    }

    /**
     * Returns what the places of images are multiples of, so that an image begins where a row of the weight memory begins,
     * whatever its width; less in a memory of few rows.
     */
    static int alignmentEntries(Target target) {
        int part = Integer.highestOneBit(Math.max(1, target.spmatCapacityEntries() / ALIGNED_PARTS));
        return Math.min(MAX_ROW_ENTRIES, part);
    }

    private void collect(Operation operation) {
        int before = matrices.size();
        for (Operation.Product product : operation.products()) {
            for (RowTile rows : product.rowTiles()) {
                for (ColumnTile columns : rows.columnTiles()) {
                    matrices.add(ScheduleTransfers.matrix(product, columns));
                    if (product.numVectors() == 1 && operation == product) {
                        groupSizes.add(1);
                    }
                }
                if (product.numVectors() != 1) {
                    groupSizes.add(rows.columnTiles().size());
                }
            }
        }
        if (operation instanceof Operation.Recurrence) {
            groupSizes.add(matrices.size() - before);
        }
    }

    private boolean isResident() {
        Extent all = place(0, matrices.size(), new Extent(0, 0));
        if (!fits(all)) {
            places.clear();
            return false;
        }
        return true;
    }

    /**
     * What images take.
     *
     * @param entries entries of the fullest PE, aligned
     * @param pointers column pointers
     */
    private record Extent(long entries, long pointers) {
        Extent plus(Extent other) {
            return new Extent(entries + other.entries, pointers + other.pointers);
        }
    }

    private boolean fits(Extent extent) {
        return extent.entries() <= target.spmatCapacityEntries()
                && extent.pointers() <= target.pointerCapacityColumns() + 1L;
    }

    /** Places images one after another from a start and returns where the last one ends. */
    private Extent place(int firstImage, int numImages, Extent start) {
        long entry = start.entries();
        long column = start.pointers();
        Extent end = start;
        for (int image = firstImage; image < firstImage + numImages; image++) {
            InterleavedCsc matrix = matrices.get(image);
            places.add(new Place((int) Math.min(Integer.MAX_VALUE, entry), (int) Math.min(Integer.MAX_VALUE, column)));
            long numEntries = Math.max(1, fullest(matrix));
            end = new Extent(entry + numEntries, column + matrix.numColumns() + 1L);
            entry += (numEntries + alignment - 1) / alignment * alignment;
            column = end.pointers();
        }
        return end;
    }

    private void stream() {
        Turns turns = new Turns();
        boolean allTogether = true;
        int image = 0;
        for (int size : groupSizes) {
            Extent together = place(image, size, new Extent(0, 0));
            drop(size);
            if (fits(together)) {
                boolean ahead = turns.take(together) && allTogether;
                allTogether = true;
                place(image, size, turns.start);
                groups.add(new LoadGroup(image, size, true, ahead));
            } else {
                for (int one = image; one < image + size; one++) {
                    turns.take(place(one, 1, new Extent(0, 0)));
                    drop(1);
                    place(one, 1, turns.start);
                }
                groups.add(new LoadGroup(image, size, false, false));
                // Their loads go on to the end of the repeat.
                allTogether = false;
            }
            image += size;
        }
    }

    private void drop(int count) {
        places.subList(places.size() - count, places.size()).clear();
    }

    /** The two ends of the memories, taken in turns. */
    private final class Turns {
        private Extent start = new Extent(0, 0);
        private Extent end = new Extent(0, 0);
        private boolean bottom;

        /** Places the next group at the other end; says whether the group before stays untouched. */
        boolean take(Extent size) {
            long topEntry = (target.spmatCapacityEntries() - size.entries()) / alignment * alignment;
            long topPointer = target.pointerCapacityColumns() + 1L - size.pointers();
            boolean apart = bottom
                    ? topEntry >= end.entries() && topPointer >= end.pointers()
                    : size.entries() <= start.entries() && size.pointers() <= start.pointers();
            bottom = !bottom || !apart;
            start = bottom ? new Extent(0, 0) : new Extent(topEntry, topPointer);
            end = start.plus(size);
            return apart;
        }
    }

    private static int fullest(InterleavedCsc matrix) {
        int fullest = 0;
        for (byte[] codes : matrix.codes()) {
            fullest = Math.max(fullest, codes.length);
        }
        return fullest;
    }
}
