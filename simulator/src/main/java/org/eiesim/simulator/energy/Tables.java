package org.eiesim.simulator.energy;

import java.util.List;
import java.util.Locale;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.figures.OwnFigures;

/**
 * Where a machine's figures come from: the file it names, and the built-in tables for what that says nothing of.
 *
 * @param own the file's figures
 * @param nm the machine's node
 */
record Tables(OwnFigures own, double nm) {
    static Tables of(MachineConfig config) {
        return new Tables(config.get(Parameters.ENERGY), config.get(Parameters.TECHNOLOGY_NM));
    }

    /** Returns how a figure of the user's is cited. */
    static Source source(String citation) {
        return new Source(Source.Basis.OWN, citation);
    }

    private List<LogicOperation.Point> points(LogicOperation operation) {
        List<OwnFigures.Operation> given = own.operations().get(operation.name().toLowerCase(Locale.ROOT));
        if (given == null) {
            return operation.points();
        }
        return given.stream()
                .map(point -> new LogicOperation.Point(
                        point.bits(), own.nm(), point.energyPj(), point.areaUm2(), source(point.source())))
                .toList();
    }

    Figure energyPj(LogicOperation operation, double bits) {
        return operation.energyPj(points(operation), bits, nm);
    }

    Figure areaUm2(LogicOperation operation, double bits) {
        return operation.areaUm2(points(operation), bits, nm);
    }

    /** Returns the energy of clock and register of one flip-flop in one cycle. */
    Figure flipFlopCyclePj() {
        OwnFigures.Own given = own.singles().get(OwnFigures.REGISTER_PJ);
        return given == null
                ? TechnologyScaling.energy(Constants.FLIP_FLOP_CYCLE_PJ, Constants.NODE_NM, nm)
                : TechnologyScaling.energy(figure(given), own.nm(), nm);
    }

    /** Returns the area of one flip-flop. */
    Figure flipFlopAreaUm2() {
        OwnFigures.Own given = own.singles().get(OwnFigures.REGISTER_UM2);
        return given == null
                ? TechnologyScaling.area(Constants.FLIP_FLOP_AREA_UM2, Constants.NODE_NM, nm)
                : TechnologyScaling.area(figure(given), own.nm(), nm);
    }

    /** Returns the energy of one bit of random data over one millimetre. */
    Figure wireBitPjPerMm() {
        OwnFigures.Own given = own.singles().get(OwnFigures.WIRE_PJ);
        return given == null
                ? Wires.bitPjPerMm(nm)
                : TechnologyScaling.energy(figure(given), own.nm(), nm).times(Constants.WIRE_ACTIVITY);
    }

    /** Returns the energy of a bit to or from DRAM, whatever the node. */
    Figure dramBitPj(MachineConfig config) {
        OwnFigures.Own given = own.singles().get(OwnFigures.DRAM_PJ);
        return given == null
                ? new Figure(
                        config.get(Parameters.DRAM_PJ_PER_BIT),
                        new Source(Source.Basis.PARAMETER, Parameters.DRAM_PJ_PER_BIT.key()))
                : figure(given);
    }

    static Figure figure(OwnFigures.Own given) {
        return new Figure(given.value(), source(given.source()));
    }
}
