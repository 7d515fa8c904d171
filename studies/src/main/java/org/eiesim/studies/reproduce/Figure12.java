package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** EIE Fig. 12: real work over total work, over the number of PEs. */
final class Figure12 {
    private Figure12() {}

    static Artefact build(Measurements measurements) {
        List<Grid.Row> rows = new ArrayList<>();
        for (Layer layer : measurements.layersAndFc8()) {
            rows.add(new Grid.Row(
                    layer.label(),
                    Arrays.stream(Draw.PES)
                            .mapToDouble(pes -> layer.onPes(pes, Events::realWork))
                            .toArray()));
        }
        Grid grid = new Grid("real work over total work", "layer", Figure11.pesColumns(), rows, 4);
        Layer stored = measurements.fc8AllLive();
        return new Artefact(
                "figure12",
                "Figure 12: real work over total work",
                Fc8Golden.compare(
                        "figure12",
                        measurements,
                        (pes, quantity) -> stored.onPes(
                                pes,
                                events -> Events.paddingEntries(events)
                                        + (quantity.equals("entries") ? Events.accumulates(events) : 0L))),
                List.of(grid),
                List.of(Picture.of(
                        "figure12",
                        grid,
                        "Real work over total work (EIE Fig. 12)",
                        "PEs",
                        Picture.Style.LINES,
                        false)),
                List.of(
                        "Work is the entries of the live columns; padding entries are work that does nothing. With"
                                + " more PEs each has fewer rows, so runs of zeros are shorter and need less padding.",
                        "Entries and paddings of FC8 are those stored, all columns taken together.",
                        Fc8Golden.note(measurements)));
    }
}
