package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.csv.CSVRecord;

/** What the EIE authors' simulator gives for AlexNet FC8. */
final class Fc8Golden {
    static final String NOTE_REAL =
            "FC8 is the published data; the reference is the authors' own simulator, its stop test" + " repaired.";
    static final String NOTE_SYNTHETIC =
            "FC8-like is drawn at the density of the published data, so it only comes near the"
                    + " reference, which is the authors' simulator on that data. With --fc8 DIR it is exact.";

    private Fc8Golden() {}

    /** Returns all numbers of a figure, held against ours by value of what is varied and quantity. */
    static List<Comparison> compare(
            String figure, Measurements measurements, ToDoubleBiFunction<Integer, String> ours) {
        List<Comparison> comparisons = new ArrayList<>();
        for (CSVRecord row : Published.read("fc8.csv")) {
            if (row.get("figure").equals(figure)) {
                int value = Integer.parseInt(row.get("value"));
                String quantity = row.get("quantity");
                comparisons.add(new Comparison(
                        measurements.fc8().name() + ", " + row.get("varied") + " = " + value,
                        quantity,
                        Published.number(row, "reference"),
                        ours.applyAsDouble(value, quantity),
                        0,
                        measurements.fc8().input()));
            }
        }
        return comparisons;
    }

    static String note(Measurements measurements) {
        return measurements.fc8().input() == Input.REAL ? NOTE_REAL : NOTE_SYNTHETIC;
    }
}
