package org.eiesim.simulator.energy;

import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.SramCells;
import org.eiesim.simulator.config.SramLaw;

/**
 * The SRAMs of one PE, calibrated.
 *
 * @param weights the weight memory: one row of {@code spmat_row_entries} entries an access
 * @param pointerBank one of the two banks of the pointer memory: one pointer an access
 * @param activations the activation memory: one activation an access
 */
record Memories(Memory weights, Memory pointerBank, Memory activations) {
    private static final int LAW_WIDTH_BITS = 64;

    /**
     * One memory.
     *
     * @param name what it is called in notes
     * @param bytes its capacity
     * @param widthBits bits of an access
     * @param sram its figures, energies and area calibrated
     */
    record Memory(String name, double bytes, double widthBits, SramTable.Sram sram) {
        static Memory of(String name, String key, SramCells cells, Tables at, double bytes, double widthBits) {
            // A memory of less than one row has one row.
            double atLeastOneRow = Math.max(bytes, widthBits / 8);
            SramTable.Sram own = OwnSrams.look(at, key, cells, atLeastOneRow, widthBits);
            if (own != null) {
                return new Memory(name, atLeastOneRow, widthBits, own);
            }
            SramTable.Sram raw = SramTable.look(cells, at.nm(), atLeastOneRow, widthBits);
            return new Memory(
                    name,
                    atLeastOneRow,
                    widthBits,
                    new SramTable.Sram(
                            raw.readPj().times(Constants.SRAM_ENERGY_FACTOR),
                            raw.writePj().times(Constants.SRAM_ENERGY_FACTOR),
                            raw.leakageMw(),
                            raw.accessNs(),
                            raw.areaMm2().times(Constants.SRAM_AREA_FACTOR)));
        }

        Figure areaUm2() {
            return sram.areaMm2().times(1e6);
        }
    }

    static Memories of(MachineConfig config, SramCells cells) {
        Tables at = Tables.of(config);
        double rowBits = config.spmatRowEntries()
                * (double) (config.get(Parameters.WEIGHT_BITS) + config.get(Parameters.INDEX_BITS));
        return new Memories(
                Memory.of("weight SRAM", "weights", cells, at, config.get(Parameters.SPMAT_SRAM_BYTES), rowBits),
                Memory.of(
                        "pointer SRAM bank",
                        "pointers",
                        cells,
                        at,
                        config.get(Parameters.POINTER_SRAM_BYTES) / 2.0,
                        config.get(Parameters.POINTER_BITS)),
                Memory.of(
                        "activation SRAM",
                        "activations",
                        cells,
                        at,
                        config.get(Parameters.ACTIVATION_SRAM_BYTES),
                        config.get(Parameters.ACTIVATION_BITS)));
    }

    List<Memory> all() {
        return List.of(weights, pointerBank, activations);
    }

    /** Returns the energy of reading a weight row by the law the machine is to be priced by. */
    Figure rowReadPj(MachineConfig config) {
        if (config.get(Parameters.SRAM_LAW) == SramLaw.TABLE) {
            return weights.sram().readPj();
        }
        Memory of64Bits = Memory.of(
                weights.name(),
                "weights",
                config.get(Parameters.SRAM_CELLS),
                Tables.of(config),
                weights.bytes(),
                LAW_WIDTH_BITS);
        Figure offset = Constants.ROW_WIDTH_LAW_OFFSET_BITS;
        double factor = (offset.value() + weights.widthBits()) / (offset.value() + LAW_WIDTH_BITS);
        return of64Bits.sram().readPj().times(new Figure(factor, offset.source()));
    }

    /** Returns what the memories of a PE lose while nothing happens, in mW. */
    double leakageMw() {
        return weights.sram().leakageMw().value()
                + 2 * pointerBank.sram().leakageMw().value()
                + activations.sram().leakageMw().value();
    }
}
