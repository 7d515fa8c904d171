package org.eiesim.simulator.figures;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Figures that take the place of the built-in ones, each with where it comes from. What a file says nothing of stays
 * built in. Immutable.
 *
 * @param name how the user names the file; {@code built_in} where there is none
 * @param files every file read, with its checksum
 * @param nm the node the figures hold for; they are scaled to the machine's as the built-in ones are
 * @param srams memories
 * @param operations operations of the datapath by name, each at one width or more, the narrowest first
 * @param stages delays of gates by stage
 * @param singles single numbers: {@link #REGISTER_PJ} and its like
 * @param leakageCells what cells {@link #LEAKAGE_MW} is of, or null where the file does not give it
 * @param actions picojoules of actions by {@code component.action}, for this machine as they are
 * @param areas square micrometres by component, for this machine as they are
 * @param missing sections the file has not, whose figures stay built in
 */
public record OwnFigures(
        String name,
        List<FileSum> files,
        double nm,
        List<Sram> srams,
        Map<String, List<Operation>> operations,
        Map<String, Operation> stages,
        Map<String, Own> singles,
        @Nullable String leakageCells,
        Map<String, Own> actions,
        Map<String, Own> areas,
        List<String> missing) {
    /** What a machine says that has no file. */
    public static final String BUILT_IN = "built_in";

    /** Energy of clock and register of one flip-flop in one cycle, pJ. */
    public static final String REGISTER_PJ = "register.cycle_pj";

    /** Area of one flip-flop, um2. */
    public static final String REGISTER_UM2 = "register.area_um2";

    /** Energy of charging one millimetre of wire once, pJ. */
    public static final String WIRE_PJ = "wire.pj_per_mm";

    /** Energy of one bit to or from DRAM, pJ. */
    public static final String DRAM_PJ = "dram.pj_per_bit";

    /** Leakage of all memories of one PE, mW. */
    public static final String LEAKAGE_MW = "leakage.mw_per_pe";

    /** No figures: all are built in. */
    public static final OwnFigures NONE = new OwnFigures(
            BUILT_IN, List.of(), 45, List.of(), Map.of(), Map.of(), Map.of(), null, Map.of(), Map.of(), List.of());

    /**
     * A file that was read.
     *
     * @param name its path
     * @param sha256 its checksum, in hexadecimal digits
     */
    public record FileSum(String name, String sha256) {}

    /**
     * A number.
     *
     * @param value the number, positive or 0
     * @param source where it comes from
     */
    public record Own(double value, String source) {}

    /**
     * A memory.
     *
     * @param memory one of {@link FigureNames#MEMORIES}
     * @param bytes its capacity
     * @param widthBits bits of an access
     * @param readPj energy of a read
     * @param writePj energy of a write
     * @param leakageMw leakage
     * @param accessNs time of a read
     * @param areaMm2 area
     * @param source where it comes from
     */
    public record Sram(
            String memory,
            double bytes,
            double widthBits,
            double readPj,
            double writePj,
            double leakageMw,
            double accessNs,
            double areaMm2,
            String source) {}

    /**
     * An operation or a stage at one width.
     *
     * @param bits its width
     * @param energyPj energy, or NaN
     * @param areaUm2 area, or NaN
     * @param delayNs delay, or NaN
     * @param source where it comes from
     */
    public record Operation(double bits, double energyPj, double areaUm2, double delayNs, String source) {}

    /** Copies the collections. */
    public OwnFigures {
        files = List.copyOf(files);
        srams = List.copyOf(srams);
        operations = Map.copyOf(operations);
        stages = Map.copyOf(stages);
        singles = Map.copyOf(singles);
        actions = Map.copyOf(actions);
        areas = Map.copyOf(areas);
        missing = List.copyOf(missing);
    }

    /**
     * Returns where the figures come from.
     *
     * @return every source once, in alphabetical order
     */
    public List<String> sources() {
        TreeSet<String> sources = new TreeSet<>();
        srams.forEach(sram -> sources.add(sram.source()));
        operations.values().forEach(points -> points.forEach(point -> sources.add(point.source())));
        stages.values().forEach(stage -> sources.add(stage.source()));
        for (Map<String, Own> figures : List.of(singles, actions, areas)) {
            figures.values().forEach(figure -> sources.add(figure.source()));
        }
        return List.copyOf(sources);
    }

    /**
     * Tells whether there is a file.
     *
     * @return whether the name is not {@link #BUILT_IN}
     */
    public boolean isGiven() {
        return !name.equals(BUILT_IN);
    }
}
