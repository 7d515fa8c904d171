package org.eiesim.studies.reproduce;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.studies.workload.LayerShape;

/**
 * A layer measured.
 *
 * @param name what tables call it
 * @param shape its size and densities
 * @param input where its weights come from
 * @param draws one of real data, several where drawn at random
 */
record Layer(String name, LayerShape shape, Input input, List<Draw> draws) {
    Layer {
        draws = List.copyOf(draws);
    }

    /** Returns the median over the draws of a number of the run on the paper's machine. */
    double median(ToDoubleFunction<EventRecord> number) {
        return onPes(64, number);
    }

    double onPes(int pes, ToDoubleFunction<EventRecord> number) {
        return Medians.of(draws, draw -> number.applyAsDouble(draw.onPes(pes)));
    }

    double onQueue(int slots, ToDoubleFunction<EventRecord> number) {
        return Medians.of(draws, draw -> number.applyAsDouble(draw.onQueue(slots)));
    }

    double onRows(int entries, ToDoubleFunction<EventRecord> number) {
        return Medians.of(draws, draw -> number.applyAsDouble(draw.onRows(entries)));
    }

    /** Returns the label of its rows in tables. */
    String label() {
        return name + (input == Input.REAL ? " (real data)" : "");
    }
}
