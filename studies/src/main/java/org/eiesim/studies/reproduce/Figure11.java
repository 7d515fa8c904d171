package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** EIE Fig. 11: speed-up over the number of PEs. */
final class Figure11 {
    private Figure11() {}

    static Artefact build(Measurements measurements) {
        List<Grid.Row> rows = new ArrayList<>();
        for (Layer layer : measurements.layersAndFc8()) {
            double alone = layer.onPes(1, events -> events.cycles);
            rows.add(new Grid.Row(
                    layer.label(),
                    Arrays.stream(Draw.PES)
                            .mapToDouble(pes -> alone / layer.onPes(pes, events -> events.cycles))
                            .toArray()));
        }
        Grid grid = new Grid("speed-up over 1 PE", "layer", pesColumns(), rows, 1);
        return new Artefact(
                "figure11",
                "Figure 11: speed-up over the number of PEs",
                Fc8Golden.compare(
                        "figure11",
                        measurements,
                        (pes, quantity) -> measurements.fc8().onPes(pes, events -> events.cycles)),
                List.of(grid),
                List.of(Picture.of(
                        "figure11", grid, "Speed-up over PEs (EIE Fig. 11)", "PEs", Picture.Style.LINES, true)),
                List.of(
                        "The paper prints no values. Its text: nearly linear for all layers but NT-We.",
                        "Matrices are encoded anew for every number of PEs.",
                        Fc8Golden.note(measurements)));
    }

    static List<String> pesColumns() {
        return Arrays.stream(Draw.PES).mapToObj(Integer::toString).toList();
    }
}
