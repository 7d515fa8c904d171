package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** EIE Fig. 8: load balance over the depth of the activation queue. */
final class Figure8 {
    private Figure8() {}

    static Artefact build(Measurements measurements) {
        List<Grid.Row> rows = new ArrayList<>();
        for (Layer layer : measurements.layersAndFc8()) {
            rows.add(new Grid.Row(
                    layer.label(),
                    Arrays.stream(Draw.QUEUE_SLOTS)
                            .mapToDouble(slots -> layer.onQueue(slots, Events::busy))
                            .toArray()));
        }
        List<String> columns =
                Arrays.stream(Draw.QUEUE_SLOTS).mapToObj(Integer::toString).toList();
        Grid grid = new Grid("load balance (share of PE cycles not waiting)", "layer", columns, rows, 3);
        return new Artefact(
                "figure8",
                "Figure 8: load balance over the queue's depth, 64 PEs",
                Fc8Golden.compare(
                        "figure8",
                        measurements,
                        (slots, quantity) -> measurements.fc8().onQueue(slots, events -> events.cycles)),
                List.of(grid),
                List.of(Picture.of(
                        "figure8",
                        grid,
                        "Load balance over queue slots (EIE Fig. 8)",
                        "queue slots",
                        Picture.Style.LINES,
                        false)),
                List.of(
                        "Slots of the ring, of which one stays empty: 2 slots hold one activation. The paper's axis is"
                                + " labelled 1 to 256.",
                        "The paper prints no values. Its text: about half of the cycles are idle at depth 1, little is"
                                + " gained beyond 8, NT-We is worst.",
                        Fc8Golden.note(measurements)));
    }
}
