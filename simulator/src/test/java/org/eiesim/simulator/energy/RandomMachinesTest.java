package org.eiesim.simulator.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.eiesim.compiler.parameter.Domain;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.figures.OwnFigures;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;
import org.junit.jupiter.api.Test;

/** What must hold for any machine. */
class RandomMachinesTest {
    private static final int MACHINES = 400;

    private static MachineConfig draw(SplittableRandom random) {
        while (true) {
            List<String> settings = new ArrayList<>();
            for (Parameter<?> parameter : Parameters.ALL) {
                settings.add(parameter.key() + "=" + value(parameter.domain(), random));
            }
            try {
                return MachineConfig.defaults().withSettings(settings);
            } catch (IllegalArgumentException e) {
                // A memory smaller than one of its rows: no such machine.
                assertThat(e).hasMessageContaining("less than one row");
            }
        }
    }

    private static String value(Domain<?> domain, SplittableRandom random) {
        if (domain instanceof NumberDomain.Integers integers) {
            double log = random.nextDouble(Math.log(integers.min()), Math.log(integers.max() + 0.5));
            return Integer.toString(Math.max(integers.min(), Math.min(integers.max(), (int) Math.exp(log))));
        }
        if (domain instanceof NumberDomain.Decimals decimals) {
            return Double.toString(decimals.min() + random.nextDouble() * (decimals.max() - decimals.min()));
        }
        if (domain instanceof Domain.Files) {
            return OwnFigures.BUILT_IN;
        }
        String[] words = domain.range().split(" \\| ");
        return words[random.nextInt(words.length)];
    }

    private static EventRecord events(int pes, SplittableRandom random) {
        EventRecord events = new EventRecord(pes);
        events.cycles = random.nextLong(1, 1L << 40);
        events.broadcasts = random.nextLong(1 << 30);
        Arrays.setAll(events.spmatRowReads, pe -> random.nextInt(1 << 30));
        Arrays.setAll(events.accumulates, pe -> random.nextInt(1 << 30));
        Arrays.setAll(events.paddingEntries, pe -> random.nextInt(1 << 30));
        return events;
    }

    @Test
    void everyMachineHasAPriceWithASource() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < MACHINES; i++) {
            MachineConfig config = draw(random);
            EnergyModel model = EnergyModel.of(config);

            for (Action action : model.actions()) {
                assertThat(action.energyPj().value())
                        .as("%s %s of %s", action.component(), action.name(), config)
                        .isFinite()
                        .isGreaterThanOrEqualTo(0);
                assertThat(action.energyPj().source().citation()).isNotBlank();
            }
            for (Component component : Component.values()) {
                assertThat(model.area().mm2(component)).isFinite().isGreaterThanOrEqualTo(0);
            }
            assertThat(model.leakageMw().values())
                    .allSatisfy(mw -> assertThat(mw).isFinite().isPositive());
        }
    }

    @Test
    void energiesSumAndScale() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < MACHINES; i++) {
            MachineConfig config = draw(random);
            EnergyModel model = EnergyModel.of(config);
            EventRecord first = events(config.pes(), random);
            EventRecord second = events(config.pes(), random);
            Cost a = model.price(first, TransferCounts.NONE);
            Cost b = model.price(second, TransferCounts.NONE);
            first.add(second);
            Cost both = model.price(first, TransferCounts.NONE);

            double sum = 0;
            for (Component component : Component.values()) {
                sum += both.energyPj(component);
                assertThat(both.energyPj(component)).isGreaterThanOrEqualTo(a.energyPj(component));
            }
            assertThat(sum).isCloseTo(both.energyPj(), within(1e-9 * sum));
            assertThat(a.energyPj() + b.energyPj()).isCloseTo(both.energyPj(), within(1e-9 * sum));
            assertThat(both.powerMw(both.energyPj()))
                    .isCloseTo(
                            both.energyPj() * 1e-12 / (config.microseconds(first.cycles) * 1e-6) * 1e3,
                            within(1e-6 * sum));
        }
    }

    /** Tries a setting twice as large on many machines. */
    private static void growsWith(Parameter<Integer> parameter, ToDoubleFunction<EnergyModel> figure) {
        SplittableRandom random = new SplittableRandom(13);
        int tried = 0;
        while (tried < MACHINES / 4) {
            MachineConfig config = draw(random);
            int value = config.get(parameter);
            MachineConfig larger;
            try {
                larger = config.with(parameter, 2 * value);
            } catch (IllegalArgumentException e) {
                continue;
            }
            assertThat(figure.applyAsDouble(EnergyModel.of(larger)))
                    .as("twice %s in %s", parameter.key(), config)
                    .isGreaterThan(figure.applyAsDouble(EnergyModel.of(config)));
            tried++;
        }
    }

    @Test
    void moreIsLarger() {
        ToDoubleFunction<EnergyModel> area = model -> model.area().mm2();
        growsWith(Parameters.PES, area);
        growsWith(Parameters.QUEUE_SLOTS, area);
        growsWith(Parameters.REGISTER_FILE_LENGTH, area);
        growsWith(Parameters.SPMAT_SRAM_BYTES, area);
        growsWith(Parameters.TECHNOLOGY_NM, area);
    }

    @Test
    void moreCostsMore() {
        growsWith(Parameters.QUEUE_SLOTS, model -> energy(model, "array_cycle"));
        growsWith(Parameters.REGISTER_FILE_LENGTH, model -> energy(model, "read_accumulator"));
        growsWith(Parameters.WEIGHT_VALUE_BITS, model -> energy(model, "multiply"));
        growsWith(Parameters.ACTIVATION_BITS, model -> energy(model, "multiply"));
        growsWith(Parameters.PES, model -> energy(model, "broadcast"));
        growsWith(Parameters.TECHNOLOGY_NM, model -> energy(model, "read_row"));
        growsWith(Parameters.TECHNOLOGY_NM, model -> energy(model, "array_cycle"));
    }

    private static double energy(EnergyModel model, String action) {
        return model.actions().stream()
                .filter(candidate -> candidate.name().equals(action))
                .findFirst()
                .orElseThrow()
                .energyPj()
                .value();
    }
}
