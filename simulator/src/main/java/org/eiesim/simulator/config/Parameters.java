package org.eiesim.simulator.config;

import java.util.List;
import org.eiesim.compiler.parameter.Domain;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.compiler.target.Placement;
import org.eiesim.compiler.target.Target.BiasMode;
import org.eiesim.compiler.target.WinogradUse;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.figures.OwnFigures;

/**
 * The one table of the machine's parameters. {@link MachineConfig}, the YAML reader, {@code --set}, {@code eie config}
 * and the table in docs/machine.md all come from it.
 */
public final class Parameters {
    /** Processing elements. */
    public static final Parameter<Integer> PES = new Parameter<>(
            "pes",
            new NumberDomain.Integers(1, 4096),
            64,
            "PEs",
            Concern.LOWERING,
            "Processing elements; row i of a matrix and activation i belong to PE i mod pes.");

    /** Slots of the activation queue's ring. */
    public static final Parameter<Integer> QUEUE_SLOTS = new Parameter<>(
            "queue_slots",
            new NumberDomain.Integers(2, 65536),
            8,
            "slots",
            Concern.TIMING,
            "Slots of each PE's activation queue. The queue is a ring of which one slot stays empty,"
                    + " so it holds queue_slots - 1 activations.");

    /** Live inputs broadcast per cycle. */
    public static final Parameter<Integer> BROADCAST_WIDTH = new Parameter<>(
            "broadcast_width",
            new NumberDomain.Integers(1, 64),
            1,
            "inputs/cycle",
            Concern.TIMING,
            "Live inputs of one input row broadcast per cycle, in order, as many as every queue has room for."
                    + " EIE broadcasts 1.");

    /** Entries per row of the weight memory. */
    public static final Parameter<Integer> SPMAT_ROW_ENTRIES = new Parameter<>(
            "spmat_row_entries",
            new NumberDomain.Integers(1, 1024),
            8,
            "entries",
            Concern.TIMING,
            "Entries one read of the weight SRAM delivers: its width is spmat_row_entries x (weight_bits +"
                    + " index_bits).");

    /** Bits of a relative index. */
    public static final Parameter<Integer> INDEX_BITS = new Parameter<>(
            "index_bits",
            new NumberDomain.Integers(1, 16),
            4,
            "bits",
            Concern.LOWERING,
            "Bits of a relative index; runs of more than 2^index_bits - 1 zeros need padding entries.");

    /** Bits of a codebook index. */
    public static final Parameter<Integer> WEIGHT_BITS = new Parameter<>(
            "weight_bits",
            new NumberDomain.Integers(1, 8),
            4,
            "bits",
            Concern.LOWERING,
            "Bits of a codebook index; a layer has at most 2^weight_bits shared weights, zero included.");

    /** Which inputs are broadcast. */
    public static final Parameter<LiveInputs> LIVE_INPUTS = new Parameter<>(
            "live_inputs",
            new Domain.Choices<>(LiveInputs.class),
            LiveInputs.NONZERO,
            "",
            Concern.NUMBERS,
            "Which inputs are broadcast: those that are not 0, or those above 0 (a ReLU for free, as the authors'"
                    + " simulator does; dumps always run so).");

    /** How biases reach the accumulators. */
    public static final Parameter<BiasMode> BIAS = new Parameter<>(
            "bias",
            new Domain.Choices<>(BiasMode.class),
            BiasMode.PRELOAD,
            "",
            Concern.LOWERING,
            "How a bias reaches the accumulators: they start at it, or it is one more column whose input is 1 and whose"
                    + " values go through the codebook (EIE's way; dumps always run so).");

    /** Which PE owns which row. */
    public static final Parameter<Placement> PLACEMENT = new Parameter<>(
            "placement",
            new Domain.Choices<>(Placement.class),
            Placement.INTERLEAVED,
            "",
            Concern.LOWERING,
            "Which PE owns which row of a matrix: row i PE i mod pes, or balanced so that all PEs hold about as many"
                    + " entries, or so that they meet about as many live ones on the sample inputs. Outputs of balanced"
                    + " layers are put back in order by the host.");

    /** Which convolutions become 16 products. */
    public static final Parameter<WinogradUse> WINOGRAD = new Parameter<>(
            "winograd",
            new Domain.Choices<>(WinogradUse.class),
            WinogradUse.NEVER,
            "",
            Concern.LOWERING,
            "Which 3x3 convolutions (stride 1, no dilation, one group) are computed as 16 products over the channels,"
                    + " Winograd's F(2x2, 3x3): none, those estimated to take fewer cycles so, or all. Their transformed"
                    + " weights are shared anew, which changes them where they do not fit the codebooks.");

    /** Bits of an activation. */
    public static final Parameter<Integer> ACTIVATION_BITS = new Parameter<>(
            "activation_bits",
            new NumberDomain.Integers(2, 16),
            16,
            "bits",
            Concern.NUMBERS,
            "Fixed-point width of inputs and outputs, sign included. Not used with --numeric float32.");

    /** Bits of a decoded weight. */
    public static final Parameter<Integer> WEIGHT_VALUE_BITS = new Parameter<>(
            "weight_value_bits",
            new NumberDomain.Integers(2, 16),
            16,
            "bits",
            Concern.NUMBERS,
            "Fixed-point width of a shared weight in the codebook, sign included. Not used with --numeric float32.");

    /** Bits of an accumulator. */
    public static final Parameter<Integer> ACCUMULATOR_BITS = new Parameter<>(
            "accumulator_bits",
            new NumberDomain.Integers(2, 32),
            16,
            "bits",
            Concern.NUMBERS,
            "Fixed-point width of an accumulator, sign included; sums saturate. Not used with --numeric float32.");

    /** How products are shifted to the accumulator's format. */
    public static final Parameter<Rounding> ROUNDING = new Parameter<>(
            "rounding",
            new Domain.Choices<>(Rounding.class),
            Rounding.HALF_UP,
            "",
            Concern.NUMBERS,
            "How a product loses fraction bits on its way into the accumulator. Not used with --numeric float32.");

    /** Bytes of one PE's weight memory. */
    public static final Parameter<Integer> SPMAT_SRAM_BYTES = new Parameter<>(
            "spmat_sram_bytes",
            new NumberDomain.Integers(16, 1 << 28),
            128 << 10,
            "bytes/PE",
            Concern.LOWERING,
            "Weight SRAM of a PE; it holds spmat_sram_bytes x 8 / (weight_bits + index_bits) entries."
                    + " Layers that need more are tiled.");

    /** Bytes of one PE's pointer memory. */
    public static final Parameter<Integer> POINTER_SRAM_BYTES = new Parameter<>(
            "pointer_sram_bytes",
            new NumberDomain.Integers(16, 1 << 28),
            32 << 10,
            "bytes/PE",
            Concern.LOWERING,
            "Pointer SRAM of a PE, both banks together; it serves pointer_sram_bytes x 8 / pointer_bits columns."
                    + " Layers that need more are tiled.");

    /** Bits of a column pointer. */
    public static final Parameter<Integer> POINTER_BITS = new Parameter<>(
            "pointer_bits",
            new NumberDomain.Integers(8, 32),
            16,
            "bits",
            Concern.LOWERING,
            "Width of a stored column pointer. It sets how many columns the pointer SRAM serves, not how many entries"
                    + " a pointer reaches (see \"Memories\" in docs/machine.md).");

    /** Activations in one register file. */
    public static final Parameter<Integer> REGISTER_FILE_LENGTH = new Parameter<>(
            "register_file_length",
            new NumberDomain.Integers(1, 65536),
            64,
            "activations/PE",
            Concern.LOWERING,
            "Activations in each of a PE's two register files (source and destination). A tile has at most"
                    + " pes x register_file_length inputs and as many outputs.");

    /** Bytes of one PE's activation memory. */
    public static final Parameter<Integer> ACTIVATION_SRAM_BYTES = new Parameter<>(
            "activation_sram_bytes",
            new NumberDomain.Integers(16, 1 << 28),
            2 << 10,
            "bytes/PE",
            Concern.COST,
            "Activation SRAM of a PE. Used by the energy and area model only: tiles are cut by register_file_length.");

    /** Clock frequency. */
    public static final Parameter<Double> CLOCK_MHZ = new Parameter<>(
            "clock_mhz",
            new NumberDomain.Decimals(1, 10000),
            800.0,
            "MHz",
            Concern.COST,
            "Clock frequency: turns cycles into time.");

    /** Technology node. */
    public static final Parameter<Integer> TECHNOLOGY_NM = new Parameter<>(
            "technology_nm",
            new NumberDomain.Integers(7, 180),
            45,
            "nm",
            Concern.COST,
            "Technology node. Used by the energy and area model only.");

    /** Transistors of the memories. */
    public static final Parameter<SramCells> SRAM_CELLS = new Parameter<>(
            "sram_cells",
            new Domain.Choices<>(SramCells.class),
            SramCells.ITRS_HP,
            "",
            Concern.COST,
            "Transistors of the SRAMs, as CACTI names them: high performance, low operating power, low standby power."
                    + " EIE's published energies fit itrs_hp. Used by the energy and area model only.");

    /** Whether leakage is counted. */
    public static final Parameter<LeakageUse> LEAKAGE = new Parameter<>(
            "leakage",
            new Domain.Choices<>(LeakageUse.class),
            LeakageUse.APART,
            "",
            Concern.COST,
            "Whether the leakage of the SRAMs is part of energy and power, for as long as a run takes with transfers,"
                    + " or named apart from them. It differs by cells more than by anything else (sram_cells).");

    /** Figures of energy and area. */
    public static final Parameter<OwnFigures> ENERGY = new Parameter<>(
            "energy",
            new Domain.Files<>(OwnFigures.class, List.of(OwnFigures.BUILT_IN), new FigureFiles()),
            OwnFigures.NONE,
            "",
            Concern.COST,
            "Where figures of energy, area and delay come from: the built-in tables, or a file of one's own (see \"Own"
                    + " numbers\" in docs/energy.md), or a table of Accelergy. What a file says nothing of stays built"
                    + " in.");

    /** How reading a row of the weight memory is priced. */
    public static final Parameter<SramLaw> SRAM_LAW = new Parameter<>(
            "sram_law",
            new Domain.Choices<>(SramLaw.class),
            SramLaw.TABLE,
            "",
            Concern.COST,
            "How the energy of reading a weight row depends on its width W: CACTI's table, or (33 + W) / 97 of the"
                    + " table's 64-bit row, which reproduces EIE Fig. 9 and is fitted to it (see docs/energy.md).");

    /** DRAM bandwidth. */
    public static final Parameter<Double> DRAM_BANDWIDTH_GBPS = new Parameter<>(
            "dram_bandwidth_gbps",
            new NumberDomain.Decimals(0.001, 100000),
            25.6,
            "Gbit/s",
            Concern.COST,
            "DRAM bandwidth in gigabits a second (default: 32 bits of LPDDR2-800)."
                    + " Used by the DRAM model only: cycles of a product never include transfers.");

    /** Bytes of a DRAM burst. */
    public static final Parameter<Integer> DRAM_BURST_BYTES = new Parameter<>(
            "dram_burst_bytes",
            new NumberDomain.Integers(1, 4096),
            32,
            "bytes",
            Concern.COST,
            "Bytes of a DRAM burst (default: 8 beats of 32 bits, as LPDDR2). A streamed weight image takes whole"
                    + " bursts. Used by the DRAM model only.");

    /** How fixed-point formats are found. */
    public static final Parameter<CalibrationRule> CALIBRATION = new Parameter<>(
            "calibration",
            new Domain.Choices<>(CalibrationRule.class),
            CalibrationRule.MAX,
            "",
            Concern.NUMBERS,
            "What a fixed-point format must hold of the magnitudes calibration sees: the largest, or the percentile"
                    + " calibration_percentile; what is larger saturates and is counted. Not used with --numeric"
                    + " float32.");

    /** The percentile a format must hold. */
    public static final Parameter<Double> CALIBRATION_PERCENTILE = new Parameter<>(
            "calibration_percentile",
            new NumberDomain.Decimals(50, 100),
            99.9,
            "%",
            Concern.NUMBERS,
            "Share of the values a format must hold with calibration: percentile.");

    /** DRAM energy. */
    public static final Parameter<Double> DRAM_PJ_PER_BIT = new Parameter<>(
            "dram_pj_per_bit",
            new NumberDomain.Decimals(0, 1000),
            20.0,
            "pJ/bit",
            Concern.COST,
            "Energy of one bit to or from DRAM (default: EIE Table I, 640 pJ for 32 bits of LPDDR2)."
                    + " Used by the energy model only.");

    /** All parameters in the order of tables and files. */
    public static final List<Parameter<?>> ALL = List.of(
            PES,
            CLOCK_MHZ,
            TECHNOLOGY_NM,
            QUEUE_SLOTS,
            BROADCAST_WIDTH,
            LIVE_INPUTS,
            BIAS,
            PLACEMENT,
            WINOGRAD,
            SPMAT_ROW_ENTRIES,
            WEIGHT_BITS,
            INDEX_BITS,
            ACTIVATION_BITS,
            WEIGHT_VALUE_BITS,
            ACCUMULATOR_BITS,
            ROUNDING,
            CALIBRATION,
            CALIBRATION_PERCENTILE,
            SPMAT_SRAM_BYTES,
            POINTER_SRAM_BYTES,
            POINTER_BITS,
            ACTIVATION_SRAM_BYTES,
            REGISTER_FILE_LENGTH,
            SRAM_CELLS,
            LEAKAGE,
            ENERGY,
            SRAM_LAW,
            DRAM_BANDWIDTH_GBPS,
            DRAM_BURST_BYTES,
            DRAM_PJ_PER_BIT);

    /** What a message about an unknown parameter ends with. */
    static final String REMARK = " ('eie config list' names them all)";

    /** The same as a table. */
    public static final ParameterTable TABLE = new ParameterTable("a machine", ALL, REMARK);

    private Parameters() {}

    /**
     * Finds a parameter.
     *
     * @param key its key
     * @return the parameter
     * @throws IllegalArgumentException if there is none; the message names the nearest key there is
     */
    public static Parameter<?> byKey(String key) {
        return TABLE.byKey(key);
    }
}
