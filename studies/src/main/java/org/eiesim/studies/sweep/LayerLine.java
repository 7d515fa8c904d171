package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the table of layers.
 *
 * @param line the line of the whole workload
 * @param index the layer's place in the workload, from 0
 * @param layer what it did
 */
record LayerLine(TableLine line, int index, SweepRow.Layer layer) {
    /** Returns a line per layer of every line that has results. */
    static List<LayerLine> of(List<TableLine> lines) {
        List<LayerLine> layers = new ArrayList<>();
        for (TableLine line : lines) {
            for (int i = 0; i < line.row().layers().size(); i++) {
                layers.add(new LayerLine(line, i, line.row().layers().get(i)));
            }
        }
        return layers;
    }

    double timeUs() {
        return line.microseconds(layer.cycles());
    }

    double energyNj() {
        return layer.totalEnergyPj() / 1e3;
    }
}
