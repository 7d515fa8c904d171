package org.eiesim.simulator.energy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eiesim.simulator.config.LeakageUse;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.SramCells;
import org.eiesim.simulator.figures.OwnFigures;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;

/**
 * The prices of one machine: the energy of everything a run counts, its area, its leakage. Made for any configuration;
 * what lies outside the tables is marked as extrapolated and said in {@link #notes()}. Immutable and shared by threads.
 *
 * <p>{@code energy = sum over actions of count * energy of one}, and nothing else: no activity factors, nothing fitted to
 * a layer or to a module. docs/energy.md lists every figure with its source and holds the model against EIE's Table II.
 */
public final class EnergyModel {
    private final MachineConfig config;
    private final Tables at;
    private final Memories memories;
    private final List<RegisterGroup> registers;
    private final Area area;
    private final List<Action> actions;
    private final CriticalPath criticalPath;

    private EnergyModel(MachineConfig config) {
        this.config = config;
        at = Tables.of(config);
        memories = Memories.of(config, config.get(Parameters.SRAM_CELLS));
        registers = RegisterGroup.of(config);
        area = Area.of(config, memories, registers);
        actions = PricedActions.of(config, memories, flipFlops(), area.peUm2Total() / 1e6);
        criticalPath = CriticalPath.of(config, memories);
    }

    /**
     * Prices a machine.
     *
     * @param config any machine
     * @return its model
     */
    public static EnergyModel of(MachineConfig config) {
        return new EnergyModel(config);
    }

    /**
     * Returns the bits that move between the array and DRAM: every entry, pointer, shared weight, bias and activation at
     * its stored width.
     *
     * @param transfers what moves
     * @return bits
     */
    public long dramBits(TransferCounts transfers) {
        return PricedActions.dramBits(config, transfers);
    }

    /**
     * Prices a run whose weights are on the chip: it takes the time of its cycles.
     *
     * @param events what happened, on as many PEs as this machine has
     * @param transfers what was moved for it
     * @return its cost
     * @throws IllegalArgumentException if the record is of another number of PEs
     */
    public Cost price(EventRecord events, TransferCounts transfers) {
        return price(events, transfers, config.microseconds(events.cycles));
    }

    /**
     * Prices a run.
     *
     * @param events what happened, on as many PEs as this machine has
     * @param transfers what was moved for it
     * @param streamedUs how long it took with transfers, in microseconds: the time memories leak
     * @return its cost
     * @throws IllegalArgumentException if the record is of another number of PEs
     */
    public Cost price(EventRecord events, TransferCounts transfers, double streamedUs) {
        if (events.numPes() != config.pes()) {
            throw new IllegalArgumentException(
                    "a run on " + events.numPes() + " PEs priced for a machine of " + config.pes());
        }
        long[] counts = new long[actions.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = actions.get(i).counter().count(events, transfers);
        }
        return new Cost(this, counts, events.cycles, streamedUs);
    }

    /**
     * Returns everything that costs energy.
     *
     * @return the actions, in the order of {@link Cost#count}
     */
    public List<Action> actions() {
        return actions;
    }

    /**
     * Returns the machine's area.
     *
     * @return area by component
     */
    public Area area() {
        return area;
    }

    /**
     * Returns what one action costs.
     *
     * @param name the action's name, such as {@code read_row}
     * @return picojoules
     * @throws IllegalArgumentException if there is no such action
     */
    public double energyOfPj(String name) {
        return actions.stream()
                .filter(action -> action.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no action \"" + name + "\""))
                .energyPj()
                .value();
    }

    /**
     * Returns the area of the SRAMs of all PEs.
     *
     * @return square millimetres, part of the areas of PtrRead, SpmatRead and ActRW
     */
    public double sramAreaMm2() {
        return config.pes()
                * (memories.weights().sram().areaMm2().value()
                        + 2 * memories.pointerBank().sram().areaMm2().value()
                        + memories.activations().sram().areaMm2().value());
    }

    /**
     * Returns what the SRAMs of all PEs leak at 300 K, whatever the machine does, were they made of each kind of cell.
     * Part of {@link #price} only with {@code leakage: included}: CACTI's high-performance cells leak several times EIE's
     * whole published power.
     *
     * @return milliwatts by kind of cell; a new map, of the machine's own cells alone where a file of figures gives them
     */
    public Map<SramCells, Double> leakageMw() {
        Map<SramCells, Double> leakage = new EnumMap<>(SramCells.class);
        if (at.own().singles().containsKey(OwnFigures.LEAKAGE_MW)
                || !at.own().srams().isEmpty()) {
            leakage.put(config.get(Parameters.SRAM_CELLS), leakagePowerMw());
            return leakage;
        }
        for (SramCells cells : SramCells.values()) {
            leakage.put(cells, config.pes() * Memories.of(config, cells).leakageMw());
        }
        return leakage;
    }

    /**
     * Returns what the SRAMs of all PEs leak with the machine's own cells, whatever the machine does.
     *
     * @return milliwatts at 300 K
     */
    public double leakagePowerMw() {
        OwnFigures.Own own = at.own().singles().get(OwnFigures.LEAKAGE_MW);
        return config.pes() * (own == null ? memories.leakageMw() : own.value());
    }

    /**
     * Returns the cells that {@link #leakagePowerMw} is of.
     *
     * @return the machine's {@code sram_cells}, or what its file of figures says
     */
    public String leakageCells() {
        String own = at.own().leakageCells();
        return own == null ? config.text(Parameters.SRAM_CELLS) : own;
    }

    /**
     * Tells whether leakage is part of every energy and power.
     *
     * @return whether the machine has {@code leakage: included}
     */
    public boolean isLeakageIncluded() {
        return config.get(Parameters.LEAKAGE) == LeakageUse.INCLUDED;
    }

    /**
     * Returns what sets the machine's highest clock.
     *
     * @return its memories and stages
     */
    public CriticalPath criticalPath() {
        return criticalPath;
    }

    /**
     * Returns what share of the clock's energy falls to a module of the PE: that of the registers by its flip-flops, that
     * of the network by its area. Only for tables by module; the sum does not depend on it.
     *
     * @param component a module of Table II
     * @return 0..1; the shares of all modules sum to 1
     */
    public double clockShare(Component component) {
        double registerShare = Constants.FLIP_FLOP_REGISTER_SHARE.value();
        double modules = area.peUm2Total() - area.peUm2().getOrDefault(Component.FILLER, 0.0);
        return registerShare * flipFlops(component) / flipFlops()
                + (1 - registerShare) * area.peUm2().getOrDefault(component, 0.0) / modules;
    }

    /**
     * Returns the flip-flops of one PE.
     *
     * @return flip-flops
     */
    public long flipFlops() {
        return registers.stream().mapToLong(RegisterGroup::bits).sum();
    }

    /**
     * Returns the flip-flops of one module of a PE.
     *
     * @param component a module
     * @return flip-flops
     */
    public long flipFlops(Component component) {
        return registers.stream()
                .filter(group -> group.component() == component)
                .mapToLong(RegisterGroup::bits)
                .sum();
    }

    /**
     * Returns what a user should know before trusting the figures: a clock the machine cannot keep, memories and
     * operations outside the tables.
     *
     * @return sentences; empty for EIE's own machine
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        String infeasible = criticalPath.infeasible();
        if (infeasible != null) {
            notes.add("the machine cannot keep its clock: " + infeasible);
        }
        if (at.own().isGiven() && !at.own().missing().isEmpty()) {
            notes.add(at.own().name() + " says nothing of "
                    + String.join(", ", at.own().missing()) + "; built-in figures are used for that");
        }
        String extrapolated = actions.stream()
                .filter(action -> action.energyPj().extrapolated())
                .map(action -> action.component().label() + " " + action.name())
                .collect(Collectors.joining(", "));
        if (!extrapolated.isEmpty()) {
            notes.add("outside their tables, energies and areas extrapolated: " + extrapolated);
        }
        return notes;
    }

    /**
     * Returns the clock of the machine.
     *
     * @return megahertz
     */
    public double clockMhz() {
        return config.get(Parameters.CLOCK_MHZ);
    }

    /**
     * Returns the machine that is priced.
     *
     * @return its configuration
     */
    public MachineConfig config() {
        return config;
    }

    /**
     * Returns the figures a file gives.
     *
     * @return {@link OwnFigures#NONE} where all are built in
     */
    public OwnFigures ownFigures() {
        return at.own();
    }

    List<RegisterGroup> registers() {
        return registers;
    }
}
