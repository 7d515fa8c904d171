package org.eiesim.simulator.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;
import org.junit.jupiter.api.Test;

class CriticalPathTest {
    private static CriticalPath path(String... settings) {
        return CriticalPath.of(Presets.load(Presets.EIE_ISCA16).withSettings(List.of(settings)));
    }

    @Test
    void thePresetsKeepTheirClocks() {
        assertThat(Presets.names())
                .allSatisfy(
                        name -> assertThat(CriticalPath.of(Presets.load(name)).infeasible())
                                .isNull());
        assertThat(path().limiting().name()).isEqualTo("multiplier");
        assertThat(path().highestClockMhz()).isCloseTo(1000 / 1.15, within(1e-9));
    }

    /** 1.4235 ns is the table's own row: 45 nm, itrs-lop, 131072 bytes, 64 bits. */
    @Test
    void aSlowMemorySaysWhatItIs() {
        CriticalPath slow = path("sram_cells=itrs_lop");

        assertThat(slow.limiting().isMemory()).isTrue();
        assertThat(slow.highestClockMhz()).isCloseTo(1000 / 1.4235, within(1e-9));
        assertThat(slow.infeasible())
                .isEqualTo("a read of the weight SRAM takes 1.424 ns, a cycle at 800 MHz has 1.250 ns; the clock can be"
                        + " 702.4 MHz at most");
        assertThat(path("sram_cells=itrs_lop", "clock_mhz=702.4").infeasible()).isNull();
        assertThat(path("sram_cells=itrs_lop", "clock_mhz=702.5").infeasible()).isNotNull();
    }

    @Test
    void theHighestClockIsFeasibleAndNothingAboveIt() {
        MachineConfig config = Presets.load(Presets.EIE_ISCA16);
        double highest = CriticalPath.of(config).highestClockMhz();

        assertThat(CriticalPath.of(config.with(Parameters.CLOCK_MHZ, highest)).isFeasible())
                .isTrue();
        assertThat(CriticalPath.of(config.with(Parameters.CLOCK_MHZ, highest * (1 + 1e-9)))
                        .isFeasible())
                .isFalse();
    }

    @Test
    void gatesFollowTheNodeAndTheLogarithmOfTheWidth() {
        assertThat(Stage.MULTIPLY
                        .delayNs(Presets.load(Presets.EIE_ISCA16)
                                .withSettings(List.of("activation_bits=8", "weight_value_bits=8")))
                        .value())
                .isCloseTo(1.15 * 4 / 5, within(1e-12));
        assertThat(Stage.MULTIPLY.delayNs(Presets.load(Presets.EIE_256_28NM)).value())
                .isCloseTo(1.15 * 28 / 45, within(1e-12));
        assertThat(path("activation_bits=2", "weight_value_bits=2").limiting().name())
                .isEqualTo("weight SRAM");
        assertThat(path("activation_bits=2", "weight_value_bits=2", "spmat_sram_bytes=1024")
                        .limiting()
                        .name())
                .isEqualTo("pointers to pop");
    }

    @Test
    void leakageIsCountedOnlyWhereTheMachineSaysSo() {
        MachineConfig apart = Presets.load(Presets.EIE_ISCA16);
        MachineConfig included = apart.withSettings(List.of("leakage=included"));
        var events = new EventRecord(64);
        events.cycles = 8000;
        Cost without = EnergyModel.of(apart).price(events, TransferCounts.NONE, 25);
        Cost with = EnergyModel.of(included).price(events, TransferCounts.NONE, 25);

        double leakedPj = EnergyModel.of(apart).leakagePowerMw() * 25 * 1e3;
        assertThat(without.energyPj(Component.LEAKAGE)).isZero();
        assertThat(without.leakagePj()).isEqualTo(leakedPj);
        assertThat(with.energyPj(Component.LEAKAGE)).isEqualTo(leakedPj);
        assertThat(with.energyPj() - without.energyPj()).isCloseTo(leakedPj, within(1e-9 * leakedPj));
        assertThat(EnergyModel.of(apart).leakagePowerMw()).isCloseTo(64 * 81.03, within(1.0));
    }
}
