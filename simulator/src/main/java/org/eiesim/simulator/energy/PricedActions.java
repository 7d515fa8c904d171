package org.eiesim.simulator.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.figures.OwnFigures;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;

/** Everything that costs energy in a machine, priced: what its memories, its arithmetic and its array do. */
final class PricedActions {
    private final MachineConfig config;
    private final double nm;
    private final Tables at;
    private final Memories memories;
    /** Of one PE. */
    private final long flipFlops;
    /** Area of one PE. */
    private final double peMm2;

    private PricedActions(MachineConfig config, Memories memories, long flipFlops, double peMm2) {
        this.config = config;
        this.memories = memories;
        this.flipFlops = flipFlops;
        this.peMm2 = peMm2;
        nm = config.get(Parameters.TECHNOLOGY_NM);
        at = Tables.of(config);
    }

    /** Lists a machine's actions; whatever its own figures price as a whole has that price. */
    static List<Action> of(MachineConfig config, Memories memories, long flipFlops, double peMm2) {
        PricedActions actions = new PricedActions(config, memories, flipFlops, peMm2);
        List<Action> all = new ArrayList<>();
        actions.addMemories(all);
        actions.addArithmetic(all);
        actions.addArray(all);
        return all.stream().map(actions::withOwnPrice).toList();
    }

    /** An action the machine's file prices as a whole. */
    private Action withOwnPrice(Action action) {
        OwnFigures.Own own =
                at.own().actions().get(action.component().name().toLowerCase(Locale.ROOT) + "." + action.name());
        return own == null
                ? action
                : new Action(
                        action.component(), action.name(), action.counter(), Tables.figure(own), action.isSramAccess());
    }

    private void addMemories(List<Action> all) {
        long rowEntries = config.spmatRowEntries();
        int entryBits = config.get(Parameters.WEIGHT_BITS) + config.get(Parameters.INDEX_BITS);
        all.add(new Action(
                Component.ACT_QUEUE,
                "pop",
                (events, transfers) -> events.pointerReads(),
                at.energyPj(LogicOperation.REGISTER_READ, RegisterGroup.broadcastBits(config))));
        all.add(Action.ofSram(
                Component.PTR_READ,
                "read_bank_pair",
                (events, transfers) -> events.pointerReads(),
                memories.pointerBank().sram().readPj().times(2)));
        all.add(Action.ofSram(
                Component.PTR_READ,
                "write_pointer",
                (events, transfers) -> transfers.columnPointers(),
                memories.pointerBank().sram().writePj()));
        all.add(Action.ofSram(
                Component.SPMAT_READ,
                "read_row",
                (events, transfers) -> sum(events.spmatRowReads),
                memories.rowReadPj(config)));
        all.add(Action.ofSram(
                Component.SPMAT_READ,
                "write_row",
                (events, transfers) -> (transfers.weightEntries() + rowEntries - 1) / rowEntries,
                memories.weights().sram().writePj()));
        all.add(new Action(
                Component.SPMAT_READ,
                "pick_entry",
                (events, transfers) -> entries(events),
                at.energyPj(LogicOperation.REGISTER_READ, entryBits)));
    }

    private void addArithmetic(List<Action> all) {
        DatapathWidths datapath = DatapathWidths.of(config);
        all.add(new Action(
                Component.ARITHM_UNIT,
                "advance_address",
                (events, transfers) -> entries(events),
                datapath.advancePj(at)));
        all.add(ofAccumulates(
                Component.ARITHM_UNIT,
                "read_codebook",
                at.energyPj(LogicOperation.REGISTER_READ, config.get(Parameters.WEIGHT_VALUE_BITS))));
        all.add(ofAccumulates(Component.ARITHM_UNIT, "multiply", datapath.multiplyPj(at)));
        all.add(ofAccumulates(Component.ARITHM_UNIT, "shift", datapath.shiftPj(at)));
        all.add(ofAccumulates(Component.ARITHM_UNIT, "add", datapath.addPj(at)));
        all.add(ofAccumulates(
                Component.ACT_RW,
                "read_accumulator",
                datapath.registerFileReadPj(config.get(Parameters.ACCUMULATOR_BITS), at)));
        all.add(new Action(
                Component.ACT_RW,
                "read_source",
                (events, transfers) -> events.broadcasts,
                datapath.registerFileReadPj(config.get(Parameters.ACTIVATION_BITS), at)));
        all.add(Action.ofSram(
                Component.ACT_RW,
                "read_sram",
                (events, transfers) -> transfers.activationsLoaded(),
                memories.activations().sram().readPj()));
        all.add(Action.ofSram(
                Component.ACT_RW,
                "write_sram",
                (events, transfers) -> transfers.activationsStored(),
                memories.activations().sram().writePj()));
    }

    private static Action ofAccumulates(Component component, String name, Figure energyPj) {
        return new Action(component, name, (events, transfers) -> sum(events.accumulates), energyPj);
    }

    private void addArray(List<Action> all) {
        int pes = config.pes();
        int nodes = Lnzd.numNodes(pes);
        all.add(new Action(
                Component.LNZD,
                "node_cycle",
                (events, transfers) -> nodes * events.cycles,
                TechnologyScaling.energy(Constants.LNZD_NODE_CYCLE_PJ, Constants.NODE_NM, nm)
                        .times(Lnzd.widthRatio(config))));
        all.add(new Action(
                Component.CLOCK,
                "array_cycle",
                (events, transfers) -> events.cycles,
                at.flipFlopCyclePj().times((double) pes * flipFlops)));
        double lengthMm = Wires.treeLengthMm(pes, peMm2);
        all.add(new Action(
                Component.BROADCAST,
                "broadcast",
                (events, transfers) -> events.broadcasts,
                at.wireBitPjPerMm().times(RegisterGroup.broadcastBits(config) * lengthMm)));
        all.add(new Action(
                Component.DRAM, "bit", (events, transfers) -> dramBits(config, transfers), at.dramBitPj(config)));
    }

    /** Returns the bits that move between the array and DRAM. */
    static long dramBits(MachineConfig config, TransferCounts transfers) {
        return transfers.weightEntries() * (config.get(Parameters.WEIGHT_BITS) + config.get(Parameters.INDEX_BITS))
                + transfers.columnPointers() * config.get(Parameters.POINTER_BITS)
                + transfers.sharedWeights() * config.get(Parameters.WEIGHT_VALUE_BITS)
                + transfers.biases() * config.get(Parameters.ACCUMULATOR_BITS)
                + (transfers.activationsLoaded() + transfers.activationsStored())
                        * config.get(Parameters.ACTIVATION_BITS);
    }

    private static long entries(EventRecord events) {
        return sum(events.accumulates) + sum(events.paddingEntries);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
