package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** EIE Fig. 13: load balance over the number of PEs. */
final class Figure13 {
    private Figure13() {}

    static Artefact build(Measurements measurements) {
        List<Grid.Row> rows = new ArrayList<>();
        for (Layer layer : measurements.layersAndFc8()) {
            rows.add(new Grid.Row(
                    layer.label(),
                    Arrays.stream(Draw.PES)
                            .mapToDouble(pes -> layer.onPes(pes, Events::busy))
                            .toArray()));
        }
        Grid grid = new Grid("load balance (share of PE cycles not waiting)", "layer", Figure11.pesColumns(), rows, 3);
        return new Artefact(
                "figure13",
                "Figure 13: load balance over the number of PEs, queue of 8 slots",
                Fc8Golden.compare(
                        "figure13",
                        measurements,
                        (pes, quantity) -> measurements.fc8().onPes(pes, events -> (double) Events.rowReads(events))),
                List.of(grid),
                List.of(Picture.of(
                        "figure13", grid, "Load balance over PEs (EIE Fig. 13)", "PEs", Picture.Style.LINES, false)),
                List.of(
                        "The paper prints no values. Its text: balance falls with the number of PEs and about undoes"
                                + " what Figure 12 gains.",
                        Fc8Golden.note(measurements)));
    }
}
