package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.energy.EnergyModel;
import org.jspecify.annotations.Nullable;

/** EIE Fig. 10: the energy of a multiplication over its precision. */
final class Figure10 {
    private static final double FLOAT_32_PJ = 3.7;
    private static final double FIXED_32_PJ = 3.1;

    private Figure10() {}

    static Artefact build(Measurements measurements, @Nullable TrainedNetwork trained) {
        double fixed16 = multiplyPj(measurements.base(), 16);
        double fixed8 = multiplyPj(measurements.base(), 8);
        List<Comparison> comparisons = List.of(
                new Comparison(
                        "32-bit fixed / 16-bit fixed", "ratio of energies", 5.0, FIXED_32_PJ / fixed16, 2, Input.NONE),
                new Comparison(
                        "32-bit float / 16-bit fixed", "ratio of energies", 6.2, FLOAT_32_PJ / fixed16, 2, Input.NONE));
        List<Grid> grids = new ArrayList<>();
        Grid grid = new Grid(
                "energy of a multiplication in pJ",
                "source",
                List.of("32-bit float", "32-bit fixed", "16-bit fixed", "8-bit fixed"),
                List.of(new Grid.Row(
                        "Table I (32 bits) and the model", new double[] {FLOAT_32_PJ, FIXED_32_PJ, fixed16, fixed8})),
                2);
        grids.add(grid);
        if (trained != null) {
            grids.add(accuracies(trained));
        }
        return new Artefact(
                "figure10",
                "Figure 10: the precision of the arithmetic",
                comparisons,
                grids,
                List.of(Picture.of(
                        "figure10",
                        grid,
                        "Energy of a multiplication (EIE Fig. 10)",
                        "arithmetic",
                        Picture.Style.BARS,
                        false)),
                List.of(
                        "The 16-bit energy of the model is derived from this very figure (no other source prints one),"
                                + " so the first ratio is no test; the second one is.",
                        "The figure's accuracies (AlexNet on ImageNet: 80.3 % in float, 79.8 % with 16 bits, 53 % with"
                                + " 8 bits) need data that is not free. With --eie FILE a network compressed here is run"
                                + " in such arithmetic, weights and activations alike; smaller networks bear 8 bits"
                                + " better."));
    }

    private static Grid accuracies(TrainedNetwork trained) {
        return new Grid(
                "accuracy in % of " + trained.name() + ", trained and compressed here, on " + trained.dataset(),
                "network",
                trained.accuracies().stream()
                        .map(TrainedNetwork.Accuracy::arithmetic)
                        .toList(),
                List.of(new Grid.Row(
                        trained.name(),
                        trained.accuracies().stream()
                                .mapToDouble(accuracy -> 100 * accuracy.fraction())
                                .toArray())),
                2);
    }

    private static double multiplyPj(MachineConfig base, int bits) {
        return EnergyModel.of(base.with(Parameters.ACTIVATION_BITS, bits).with(Parameters.WEIGHT_VALUE_BITS, bits))
                .energyOfPj("multiply");
    }
}
