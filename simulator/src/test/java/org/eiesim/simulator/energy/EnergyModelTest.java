package org.eiesim.simulator.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.config.SramCells;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;
import org.junit.jupiter.api.Test;

/** Holds the model against EIE's Table II, and its sums against arithmetic done here. */
class EnergyModelTest {
    private static final MachineConfig EIE = Presets.load(Presets.EIE_ISCA16);
    private static final EnergyModel MODEL = EnergyModel.of(EIE);

    /** The paper's steady state: every PE multiplies each cycle and reads each weight and pointer SRAM every 8th. */
    private static EventRecord steadyState(int pes) {
        EventRecord events = new EventRecord(pes);
        events.products = 1;
        events.cycles = 8_000_000;
        events.broadcasts = 1_000_000;
        Arrays.fill(events.spmatRowReads, 1_000_000);
        Arrays.fill(events.accumulates, 8_000_000);
        return events;
    }

    private static double peModuleMw(Cost cost, Component module) {
        double clock = cost.energyPj(Component.CLOCK) * MODEL.clockShare(module);
        return cost.powerMw(cost.energyPj(module) + clock) / 64;
    }

    @Test
    void powerOfTheProcessingElementIsThatOfTableTwo() {
        Cost cost = MODEL.price(steadyState(64), TransferCounts.NONE);

        double pe = 0;
        for (Component module : List.of(
                Component.ACT_QUEUE,
                Component.PTR_READ,
                Component.SPMAT_READ,
                Component.ARITHM_UNIT,
                Component.ACT_RW)) {
            pe += peModuleMw(cost, module);
        }
        assertThat(pe).isCloseTo(9.157, withinPercentage(5));
        assertThat(peModuleMw(cost, Component.ACT_QUEUE)).isCloseTo(0.112, withinPercentage(15));
        assertThat(peModuleMw(cost, Component.SPMAT_READ)).isCloseTo(4.955, withinPercentage(15));
        assertThat(peModuleMw(cost, Component.ARITHM_UNIT)).isCloseTo(1.162, withinPercentage(15));
        assertThat(peModuleMw(cost, Component.ACT_RW)).isCloseTo(1.122, withinPercentage(15));
        // One SRAM factor cannot meet both memories: the pointers' alone already take what the paper's module takes.
        assertThat(peModuleMw(cost, Component.PTR_READ) / 1.807).isCloseTo(1.22, within(0.01));

        double lnzd = cost.powerMw(cost.energyPj(Component.LNZD));
        assertThat(lnzd).isCloseTo(21 * 0.023, withinPercentage(0.001));
        assertThat(64 * pe + lnzd).isCloseTo(586.5, withinPercentage(5));
    }

    @Test
    void powerOfTheMemoriesIsThatOfTableTwo() {
        Cost cost = MODEL.price(steadyState(64), TransferCounts.NONE);

        double picojoules = 0;
        for (int i = 0; i < MODEL.actions().size(); i++) {
            Action action = MODEL.actions().get(i);
            if (action.name().equals("read_row") || action.name().equals("read_bank_pair")) {
                picojoules += cost.count(i) * action.energyPj().value();
            }
        }
        assertThat(cost.powerMw(picojoules) / 64).isCloseTo(5.416, withinPercentage(2));
    }

    @Test
    void areaIsThatOfTableTwo() {
        Area area = MODEL.area();

        assertThat(area.peUm2Total()).isCloseTo(638_024, withinPercentage(5));
        assertThat(1e6 * area.mm2(Component.PTR_READ) / 64).isCloseTo(121_849, withinPercentage(15));
        assertThat(1e6 * area.mm2(Component.SPMAT_READ) / 64).isCloseTo(469_412, withinPercentage(15));
        assertThat(1e6 * area.mm2(Component.ARITHM_UNIT) / 64).isCloseTo(3_110, withinPercentage(15));
        assertThat(1e6 * area.mm2(Component.ACT_RW) / 64).isCloseTo(18_934, withinPercentage(15));
        // Its 224 flip-flops alone take the paper's area, which leaves none for choosing among them.
        assertThat(1e6 * area.mm2(Component.ACT_QUEUE) / 64 / 758).isCloseTo(1.51, within(0.01));
        assertThat(area.mm2()).isCloseTo(40.8, withinPercentage(5));
    }

    @Test
    void componentsSumToTheTotal() {
        Cost cost = MODEL.price(steadyState(64), new TransferCounts(1000, 200, 16, 100, 4096, 1000));

        double energy = 0;
        double area = 0;
        for (Component component : Component.values()) {
            energy += cost.energyPj(component);
            area += MODEL.area().mm2(component);
        }
        assertThat(energy).isCloseTo(cost.energyPj(), withinPercentage(1e-9));
        assertThat(cost.energyPjByComponent().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(cost.energyPj(), withinPercentage(1e-9));
        assertThat(area).isCloseTo(MODEL.area().mm2(), withinPercentage(1e-9));
        assertThat(Arrays.stream(Component.values())
                        .filter(Component::isPeModule)
                        .mapToDouble(MODEL::clockShare)
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void powerIsEnergyOverTime() {
        EventRecord events = steadyState(64);
        Cost cost = MODEL.price(events, TransferCounts.NONE);

        double seconds = EIE.microseconds(events.cycles) * 1e-6;
        assertThat(cost.powerMw(cost.energyPj()) * 1e-3)
                .isCloseTo(cost.energyPj() * 1e-12 / seconds, withinPercentage(1e-9));
        assertThat(MODEL.price(new EventRecord(64), TransferCounts.NONE).powerMw(0))
                .isZero();
    }

    @Test
    void everyCountIsPricedOnce() {
        EventRecord events = new EventRecord(64);
        events.cycles = 3;
        events.broadcasts = 5;
        events.spmatRowReads[1] = 7;
        events.accumulates[2] = 11;
        events.paddingEntries[3] = 13;
        Cost cost = MODEL.price(events, new TransferCounts(17, 19, 23, 29, 31, 37));

        Map<String, Long> expected = Map.ofEntries(
                Map.entry("pop", 64 * 5L),
                Map.entry("read_bank_pair", 64 * 5L),
                Map.entry("write_pointer", 19L),
                Map.entry("read_row", 7L),
                Map.entry("write_row", 3L),
                Map.entry("pick_entry", 24L),
                Map.entry("advance_address", 24L),
                Map.entry("read_codebook", 11L),
                Map.entry("multiply", 11L),
                Map.entry("shift", 11L),
                Map.entry("add", 11L),
                Map.entry("read_accumulator", 11L),
                Map.entry("read_source", 5L),
                Map.entry("read_sram", 31L),
                Map.entry("write_sram", 37L),
                Map.entry("node_cycle", 21 * 3L),
                Map.entry("array_cycle", 3L),
                Map.entry("broadcast", 5L),
                Map.entry("bit", 17 * 8L + 19 * 16 + 23 * 16 + 29 * 16 + (31 + 37) * 16));
        assertThat(MODEL.actions()).hasSameSizeAs(expected.entrySet());
        for (int i = 0; i < MODEL.actions().size(); i++) {
            String name = MODEL.actions().get(i).name();
            assertThat(cost.count(i)).as(name).isEqualTo(expected.get(name));
        }
    }

    @Test
    void costsAddUp() {
        EventRecord once = steadyState(64);
        EventRecord twice = steadyState(64);
        twice.add(once);
        Cost cost = MODEL.price(once, TransferCounts.NONE);

        Cost sum = cost.plus(cost);
        assertThat(sum.energyPj())
                .isEqualTo(MODEL.price(twice, TransferCounts.NONE).energyPj());
        assertThat(sum.cycles()).isEqualTo(twice.cycles);
        Cost other = EnergyModel.of(EIE).price(once, TransferCounts.NONE);
        assertThatThrownBy(() -> cost.plus(other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MODEL.price(new EventRecord(32), TransferCounts.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a run on 32 PEs priced for a machine of 64");
    }

    @Test
    void flipFlopsAreCountedFromTheMachine() {
        // By hand from docs/machine.md: 8 x 28 + 2 x 3; 2 x 16 + 16 + 3; 64 + 14 + 27; 256 + 6 + 40 + 56 + 24; 2 x 64 x
        // 16.
        assertThat(MODEL.flipFlops(Component.ACT_QUEUE)).isEqualTo(230);
        assertThat(MODEL.flipFlops(Component.PTR_READ)).isEqualTo(51);
        assertThat(MODEL.flipFlops(Component.SPMAT_READ)).isEqualTo(105);
        assertThat(MODEL.flipFlops(Component.ARITHM_UNIT)).isEqualTo(382);
        assertThat(MODEL.flipFlops(Component.ACT_RW)).isEqualTo(2048);
        assertThat(MODEL.flipFlops()).isEqualTo(2816);
    }

    @Test
    void leakageIsApartAndSaysOfWhichCells() {
        Map<SramCells, Double> leakage = MODEL.leakageMw();

        // CACTI: 62.1672 + 2 x 8.79423 + 1.27598 mW a PE of high-performance cells.
        assertThat(leakage.get(SramCells.ITRS_HP)).isCloseTo(64 * 81.03164, withinPercentage(0.001));
        assertThat(leakage.get(SramCells.ITRS_LSTP)).isLessThan(0.3);
        assertThat(leakage.get(SramCells.ITRS_LOP)).isBetween(100.0, 400.0);
    }

    @Test
    void theRowWidthLawIsCheapestAt64BitsOverTheNineLayersAsInFigureNine() {
        // Row reads of the nine synthetic layers, 16 to 512 bits (energy/fig9.csv).
        long[] reads = {3_124_005, 1_851_805, 1_174_825, 752_993, 458_249, 252_800};
        double[] table = new double[6];
        double[] law = new double[6];
        for (int i = 0; i < 6; i++) {
            String rowEntries = "spmat_row_entries=" + (2 << i);
            table[i] = reads[i] * rowReadPj(List.of(rowEntries));
            law[i] = reads[i] * rowReadPj(List.of(rowEntries, "sram_law=row_width"));
        }
        assertThat(law[2]).isEqualTo(Arrays.stream(law).min().getAsDouble()).isEqualTo(table[2]);
        assertThat(table[5]).isEqualTo(Arrays.stream(table).min().getAsDouble());
    }

    private static double rowReadPj(List<String> settings) {
        return EnergyModel.of(EIE.withSettings(settings)).actions().stream()
                .filter(action -> action.name().equals("read_row"))
                .findFirst()
                .orElseThrow()
                .energyPj()
                .value();
    }

    @Test
    void memoriesTooSlowOrOutsideTheTableAreSaid() {
        assertThat(MODEL.notes()).isEmpty();
        assertThat(EnergyModel.of(EIE.withSettings(List.of("sram_cells=itrs_lstp")))
                        .notes())
                .contains("the machine cannot keep its clock: a read of the weight SRAM takes 2.113 ns, a cycle at 800"
                        + " MHz has 1.250 ns; the clock can be 473.2 MHz at most");
        assertThat(EnergyModel.of(EIE.withSettings(List.of("spmat_sram_bytes=8388608", "clock_mhz=10")))
                        .notes())
                .containsExactly("outside their tables, energies and areas extrapolated: SpmatRead read_row, SpmatRead"
                        + " write_row");
    }
}
