package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.studies.workload.LayerShape;

/** EIE Table III: the nine layers, as they were drawn. */
final class Table3 {
    private Table3() {}

    static Artefact build(Measurements measurements) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Layer layer : measurements.layersAndFc8()) {
            LayerShape shape = layer.shape();
            comparisons.add(new Comparison(
                    layer.label(),
                    "non-zero weights % of live columns",
                    100 * shape.weightDensity(),
                    100 * layer.median(events -> weightDensity(events, shape)),
                    2,
                    layer.input()));
            comparisons.add(new Comparison(
                    layer.label(),
                    "live inputs %",
                    100 * shape.liveDensity(),
                    100 * layer.median(events -> liveInputs(events) / (double) shape.numInputs()),
                    2,
                    layer.input()));
        }
        return new Artefact(
                "table3",
                "Table III: the benchmark layers",
                comparisons,
                List.of(),
                List.of(),
                List.of(
                        "Every weight is non-zero with the printed density, independently of all others; so are the"
                                + " live inputs. Biases are dense, except in the NeuralTalk layers, which have none."
                                + " Median of the seeds.",
                        "The weights of the nine layers were never published. FC8 is held against the density of the"
                                + " data the authors published (25.66 % and 42.9 %), not against Table III's average."));
    }

    private static long liveInputs(EventRecord events) {
        return events.broadcasts - 1;
    }

    private static double weightDensity(EventRecord events, LayerShape shape) {
        double weights = Events.accumulates(events) - (shape.biased() ? shape.numOutputs() : 0);
        return weights / ((double) liveInputs(events) * shape.numOutputs());
    }
}
