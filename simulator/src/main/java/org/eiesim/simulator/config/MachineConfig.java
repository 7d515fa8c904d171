package org.eiesim.simulator.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.target.LiveProfile;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Target;
import org.eiesim.compiler.target.Target.BiasMode;
import org.eiesim.kernels.check.Quotes;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.figures.OwnFigures;
import org.jspecify.annotations.Nullable;

/**
 * A machine: one value for every parameter of {@link Parameters}. Immutable; equal when all values are.
 */
public final class MachineConfig {
    private static final MachineConfig DEFAULTS = new MachineConfig(Settings.defaults(Parameters.TABLE));

    private final Settings settings;

    private MachineConfig(Settings settings) {
        this.settings = settings;
        if (spmatCapacityEntries() < spmatRowEntries()) {
            throw new IllegalArgumentException("spmat_sram_bytes: " + get(Parameters.SPMAT_SRAM_BYTES)
                    + " bytes hold " + spmatCapacityEntries() + " entries, less than one row of spmat_row_entries = "
                    + spmatRowEntries());
        }
        if (get(Parameters.ENERGY).singles().containsKey(OwnFigures.DRAM_PJ)
                && !get(Parameters.DRAM_PJ_PER_BIT).equals(Parameters.DRAM_PJ_PER_BIT.defaultValue())) {
            throw new IllegalArgumentException("dram_pj_per_bit and the dram of "
                    + get(Parameters.ENERGY).name() + " both give the energy of a bit; leave one out");
        }
    }

    /**
     * Returns the machine of all defaults.
     *
     * @return a configuration
     */
    public static MachineConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Returns a parameter's value.
     *
     * @param parameter a constant of {@link Parameters}
     * @param <T> its type
     * @return the value
     */
    public <T> T get(Parameter<T> parameter) {
        return settings.get(parameter);
    }

    /**
     * Returns this machine with one value changed.
     *
     * @param parameter a constant of {@link Parameters}
     * @param value the new value
     * @param <T> its type
     * @return another configuration
     * @throws IllegalArgumentException if the value is outside its range or does not fit the others
     */
    public <T> MachineConfig with(Parameter<T> parameter, T value) {
        return with(Map.of(parameter.key(), value));
    }

    /**
     * Returns this machine with settings as a user writes them applied in order.
     *
     * @param changes each {@code key=value}
     * @return another configuration
     * @throws IllegalArgumentException if one is not {@code key=value}, its key unknown (the message names the nearest)
     *     or its value outside the range
     */
    public MachineConfig withSettings(List<String> changes) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String setting : changes) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(Quotes.quote(setting) + " is not of the form key=value");
            }
            texts.put(
                    setting.substring(0, equals).strip(),
                    setting.substring(equals + 1).strip());
        }
        return with(texts);
    }

    /** Applies all values and only then checks what must fit together, so that their order does not matter. */
    MachineConfig with(Map<String, ?> given) {
        return new MachineConfig(settings.with(given));
    }

    /**
     * Returns all values by key, in the table's order: integers, doubles, and words for choices.
     *
     * @return a new map
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            Object value = get(parameter);
            map.put(parameter.key(), value instanceof Number ? value : text(parameter));
        }
        return map;
    }

    /**
     * Returns a value as a user would write it.
     *
     * @param parameter a constant of {@link Parameters}
     * @param <T> its type
     * @return the text, read back by {@link Parameter#parse}
     */
    public <T> String text(Parameter<T> parameter) {
        return settings.text(parameter);
    }

    /**
     * Writes this machine as a YAML file that {@link ConfigReader} reads back.
     *
     * @return one line per parameter, with its unit as comment
     */
    public String toYaml() {
        StringBuilder text = new StringBuilder();
        for (Parameter<?> parameter : Parameters.ALL) {
            String line = parameter.key() + ": " + text(parameter);
            text.append(
                    parameter.unit().isEmpty()
                            ? line
                            : String.format(Locale.ROOT, "%-32s # %s", line, parameter.unit()));
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * Returns what lowering needs to know of this machine.
     *
     * @return the target
     */
    public Target target() {
        return new Target(
                pes(),
                get(Parameters.INDEX_BITS),
                get(Parameters.WEIGHT_BITS),
                spmatCapacityEntries(),
                pointerCapacityColumns(),
                get(Parameters.REGISTER_FILE_LENGTH),
                get(Parameters.BIAS));
    }

    /**
     * Returns what lowering is to choose for this machine.
     *
     * @param profile how often inputs are live, where it was measured
     * @return the options
     */
    public LoweringOptions loweringOptions(@Nullable LiveProfile profile) {
        return LoweringOptions.DEFAULTS
                .with(Parameters.PLACEMENT.key(), get(Parameters.PLACEMENT))
                .with(Parameters.WINOGRAD.key(), get(Parameters.WINOGRAD))
                .with(profile);
    }

    /**
     * Returns the machine that is what a program was lowered for and in everything else this one.
     *
     * @param target what the program was lowered for
     * @return a configuration whose {@link #target()} equals it; this one if its own does already
     * @throws IllegalArgumentException if no machine has such memories
     */
    public MachineConfig compatibleWith(Target target) {
        if (target.equals(target())) {
            return this;
        }
        int entryBits = target.weightBits() + target.indexBits();
        Map<String, String> texts = new HashMap<>();
        texts.put(Parameters.PES.key(), Integer.toString(target.numPes()));
        texts.put(Parameters.INDEX_BITS.key(), Integer.toString(target.indexBits()));
        texts.put(Parameters.WEIGHT_BITS.key(), Integer.toString(target.weightBits()));
        texts.put(Parameters.REGISTER_FILE_LENGTH.key(), Integer.toString(target.registerFileLength()));
        texts.put(Parameters.BIAS.key(), Parameters.BIAS.domain().print(target.biasMode()));
        if (target.spmatCapacityEntries() != spmatCapacityEntries() || entryBits != entryBits()) {
            texts.put(Parameters.SPMAT_SRAM_BYTES.key(), bytesFor(target.spmatCapacityEntries(), entryBits));
        }
        if (target.pointerCapacityColumns() != pointerCapacityColumns()) {
            texts.put(
                    Parameters.POINTER_SRAM_BYTES.key(),
                    bytesFor(target.pointerCapacityColumns(), get(Parameters.POINTER_BITS)));
        }
        MachineConfig config = with(texts);
        if (!config.target().equals(target)) {
            throw new IllegalArgumentException(
                    "no machine has the memories the program was compiled for: " + target + "; compile it again");
        }
        return config;
    }

    private static String bytesFor(int count, int bitsEach) {
        return Long.toString(((long) count * bitsEach + Byte.SIZE - 1) / Byte.SIZE);
    }

    private int entryBits() {
        return get(Parameters.WEIGHT_BITS) + get(Parameters.INDEX_BITS);
    }

    /**
     * Returns how many entries one PE's weight memory holds: {@code bytes * 8 / (weight_bits + index_bits)}.
     *
     * @return the entries
     */
    public int spmatCapacityEntries() {
        return (int) (get(Parameters.SPMAT_SRAM_BYTES) * 8L / entryBits());
    }

    /**
     * Returns how many columns one PE's pointer memory serves: {@code bytes * 8 / pointer_bits}.
     *
     * @return the columns
     */
    public int pointerCapacityColumns() {
        return (int) (get(Parameters.POINTER_SRAM_BYTES) * 8L / get(Parameters.POINTER_BITS));
    }

    /**
     * Returns the number of processing elements.
     *
     * @return {@code pes}
     */
    public int pes() {
        return get(Parameters.PES);
    }

    /**
     * Returns the slots of an activation queue's ring, of which one stays empty.
     *
     * @return {@code queue_slots}
     */
    public int queueSlots() {
        return get(Parameters.QUEUE_SLOTS);
    }

    /**
     * Returns how many live inputs one cycle broadcasts at most.
     *
     * @return {@code broadcast_width}
     */
    public int broadcastWidth() {
        return get(Parameters.BROADCAST_WIDTH);
    }

    /**
     * Returns the entries in a row of the weight memory.
     *
     * @return {@code spmat_row_entries}
     */
    public int spmatRowEntries() {
        return get(Parameters.SPMAT_ROW_ENTRIES);
    }

    /**
     * Returns which inputs are broadcast.
     *
     * @return {@code live_inputs}
     */
    public LiveInputs liveInputs() {
        return get(Parameters.LIVE_INPUTS);
    }

    /**
     * Returns how a layer's bias reaches the accumulators.
     *
     * @return {@code bias}
     */
    public BiasMode bias() {
        return get(Parameters.BIAS);
    }

    /**
     * Returns how products are shifted to the accumulator's format.
     *
     * @return {@code rounding}
     */
    public Rounding rounding() {
        return get(Parameters.ROUNDING);
    }

    /**
     * Returns how long a number of cycles takes.
     *
     * @param cycles clock cycles
     * @return microseconds: {@code cycles / clock_mhz}
     */
    public double microseconds(long cycles) {
        return cycles / get(Parameters.CLOCK_MHZ);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MachineConfig config && config.settings.equals(settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
