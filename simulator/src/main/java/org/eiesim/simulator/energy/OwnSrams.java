package org.eiesim.simulator.energy;

import java.util.Comparator;
import java.util.List;
import org.eiesim.simulator.config.SramCells;
import org.eiesim.simulator.figures.OwnFigures;
import org.jspecify.annotations.Nullable;

/**
 * Memories a user gives figures of. One of another shape than the machine's is multiplied by the ratio of the built-in
 * {@link SramLaws} of the two shapes, as a table is left, and marked as extrapolated.
 */
final class OwnSrams {
    private static final int LAWS_NM = 45;

    private OwnSrams() {}

    /**
     * Finds a memory's figures.
     *
     * @param memory one of the names of memories
     * @return the figures of the given memory nearest in shape, or null where none of that name is given
     */
    static SramTable.@Nullable Sram look(Tables at, String memory, SramCells cells, double bytes, double widthBits) {
        List<OwnFigures.Sram> given = at.own().srams().stream()
                .filter(sram -> sram.memory().equals(memory))
                .toList();
        if (given.isEmpty()) {
            return null;
        }
        OwnFigures.Sram nearest = given.stream()
                .min(Comparator.comparingDouble(sram ->
                        Math.abs(Math.log(sram.bytes() / bytes)) + Math.abs(Math.log(sram.widthBits() / widthBits))))
                .orElseThrow();
        return new SramTable.Sram(
                figure(at, SramTable.Quantity.READ_PJ, nearest.readPj(), nearest, cells, bytes, widthBits),
                figure(at, SramTable.Quantity.WRITE_PJ, nearest.writePj(), nearest, cells, bytes, widthBits),
                figure(at, SramTable.Quantity.LEAKAGE_MW, nearest.leakageMw(), nearest, cells, bytes, widthBits),
                figure(at, SramTable.Quantity.ACCESS_NS, nearest.accessNs(), nearest, cells, bytes, widthBits),
                figure(at, SramTable.Quantity.AREA_MM2, nearest.areaMm2(), nearest, cells, bytes, widthBits));
    }

    private static Figure figure(
            Tables at,
            SramTable.Quantity quantity,
            double value,
            OwnFigures.Sram of,
            SramCells cells,
            double bytes,
            double widthBits) {
        Figure figure = new Figure(value, Tables.source(of.source()));
        if (of.bytes() != bytes || of.widthBits() != widthBits) {
            SramLaws laws = SramLaws.of(LAWS_NM, cells);
            double ratio =
                    laws.evaluate(quantity, bytes, widthBits) / laws.evaluate(quantity, of.bytes(), of.widthBits());
            figure = figure.times(ratio).markedIf(true);
        }
        return of(at, quantity, figure);
    }

    private static Figure of(Tables at, SramTable.Quantity quantity, Figure figure) {
        double from = at.own().nm();
        return from == at.nm() ? figure : SramTable.scale(quantity, figure, from, at.nm());
    }
}
