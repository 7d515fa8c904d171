package org.eiesim.studies.reproduce;

import java.util.List;

/**
 * A table or figure made again.
 *
 * @param id such as {@code table2}
 * @param title its number and subject
 * @param comparisons numbers held against printed ones
 * @param grids further numbers
 * @param pictures what is drawn of them
 * @param notes what a reader must know: inputs, what agrees, what does not and why
 */
public record Artefact(
        String id,
        String title,
        List<Comparison> comparisons,
        List<Grid> grids,
        List<Picture> pictures,
        List<String> notes) {
    /** Keeps copies of the lists. */
    public Artefact {
        comparisons = List.copyOf(comparisons);
        grids = List.copyOf(grids);
        pictures = List.copyOf(pictures);
        notes = List.copyOf(notes);
    }
}
