package org.eiesim.studies.workload;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.Program;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.SparsePattern;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.StreamTimeline;
import org.eiesim.simulator.machine.TransferCounts;
import org.jspecify.annotations.Nullable;

/**
 * A workload laid out for one number of PEs and index width, with the live inputs of all its products: what machines that
 * differ only in queue, broadcast width, row width or cost have in common. Its events are the sum of {@link #traffic},
 * which depends on the row width, and {@link #timing}, which depends on the rest; each is computed once for all machines
 * that share it. Not changed once made; may be shared between threads.
 */
public final class WorkloadTrace {
    private final int numPes;
    private final int numInputs;
    private final List<LayerTrace> layers;
    private final double accuracy;
    private final @Nullable Program program;

    /**
     * A layer laid out.
     *
     * @param name its name
     * @param products its products
     * @param transfers what is moved for it over all inputs; what is moved once before them is not counted
     * @param saturations its clipped sums over all inputs
     */
    record LayerTrace(String name, List<ProductTrace> products, TransferCounts transfers, long saturations) {}

    /**
     * Takes what has been laid out.
     *
     * @param accuracy fraction of inputs classified rightly, NaN where labels are not known
     * @param program the program whose products these are, in the order of its instructions, with weights it may have to
     *     stream; null where all weights are there before
     */
    WorkloadTrace(int numPes, int numInputs, List<LayerTrace> layers, double accuracy, @Nullable Program program) {
        this.numPes = numPes;
        this.numInputs = numInputs;
        this.layers = List.copyOf(layers);
        this.accuracy = accuracy;
        this.program = program;
    }

    /**
     * Lays a single layer out as one product without a bias column.
     *
     * @param weights the non-zero weights, one column per input
     * @param liveInputs the live inputs of each run, ascending
     * @param config the machine
     * @return the layer's trace; inputs are moved in and outputs out for every run
     * @throws IllegalArgumentException if the layer is too large for one product
     */
    public static WorkloadTrace ofLayer(SparsePattern weights, int[][] liveInputs, MachineConfig config) {
        SparsePattern noBias = new SparsePattern(weights.numRows(), new int[1], new int[0]);
        EntryCounts counts = EntryCounts.of(weights, noBias, config.pes(), config.get(Parameters.INDEX_BITS));
        LiveSets sets = new LiveSets(weights.numColumns());
        for (int[] live : liveInputs) {
            sets.append(live);
        }
        TransferCounts moved = new TransferCounts(0, 0, 0, 0, weights.numColumns(), weights.numRows());
        LayerTrace layer =
                new LayerTrace("layer", List.of(new ProductTrace(counts, sets)), moved.times(liveInputs.length), 0);
        return new WorkloadTrace(config.pes(), liveInputs.length, List.of(layer), Double.NaN, null);
    }

    /**
     * Counts all events on one machine.
     *
     * @param config the machine it was laid out for, or one that shares the trace
     * @return a new record
     */
    public EventRecord events(MachineConfig config) {
        EventRecord events = traffic(config.spmatRowEntries());
        events.add(timing(config.queueSlots(), config.broadcastWidth()));
        return events;
    }

    /**
     * Counts the events that take place whatever the time: products, broadcasts, accumulates, padding entries, empty
     * columns and row reads.
     *
     * @param spmatRowEntries entries in a row of the weight memory, &ge; 1
     * @return a new record
     */
    public EventRecord traffic(int spmatRowEntries) {
        return sum(trafficByLayer(spmatRowEntries));
    }

    /**
     * Counts the events that are counted in cycles, and saturations.
     *
     * @param queueSlots slots of a queue's ring, &ge; 2
     * @param broadcastWidth inputs broadcast a cycle, &ge; 1
     * @return a new record
     */
    public EventRecord timing(int queueSlots, int broadcastWidth) {
        return sum(timingByLayer(queueSlots, broadcastWidth).layers());
    }

    private EventRecord sum(List<EventRecord> records) {
        EventRecord sum = new EventRecord(numPes);
        records.forEach(sum::add);
        return sum;
    }

    /**
     * Counts the events of {@link #traffic} for each layer.
     *
     * @param spmatRowEntries entries in a row of the weight memory, &ge; 1
     * @return new records in the order of {@link #layerNames}
     */
    public List<EventRecord> trafficByLayer(int spmatRowEntries) {
        List<EventRecord> records = new ArrayList<>();
        for (LayerTrace layer : layers) {
            EventRecord events = new EventRecord(numPes);
            layer.products().forEach(product -> product.addTraffic(spmatRowEntries, events));
            records.add(events);
        }
        return records;
    }

    /**
     * Events that are counted in cycles.
     *
     * @param layers those of each layer, in the order of {@link #layerNames}
     * @param productCycles the cycles of each product over all its runs, layer by layer
     */
    public record Timing(List<EventRecord> layers, List<long[]> productCycles) {}

    /**
     * Counts the events of {@link #timing} for each layer.
     *
     * @param queueSlots slots of a queue's ring, &ge; 2
     * @param broadcastWidth inputs broadcast a cycle, &ge; 1
     * @return new records
     */
    public Timing timingByLayer(int queueSlots, int broadcastWidth) {
        List<EventRecord> records = new ArrayList<>();
        List<long[]> cycles = new ArrayList<>();
        for (LayerTrace layer : layers) {
            EventRecord events = new EventRecord(numPes);
            long[] ofProducts = new long[layer.products().size()];
            for (int i = 0; i < ofProducts.length; i++) {
                long before = events.cycles;
                layer.products().get(i).addTiming(queueSlots, broadcastWidth, events);
                ofProducts[i] = events.cycles - before;
            }
            events.saturations = layer.saturations();
            records.add(events);
            cycles.add(ofProducts);
        }
        return new Timing(records, cycles);
    }

    /**
     * Returns how long each layer takes with the weights streamed that do not stay on chip, as {@code eie simulate} does.
     *
     * @param timing the cycles, counted on this machine
     * @param config the machine
     * @return microseconds over all inputs, in the order of {@link #layerNames}
     */
    public double[] streamedMicroseconds(Timing timing, MachineConfig config) {
        double[] streamed = new double[layers.size()];
        if (program == null) {
            for (int i = 0; i < streamed.length; i++) {
                streamed[i] = config.microseconds(timing.layers().get(i).cycles);
            }
            return streamed;
        }
        double[] perInput = new StreamTimeline(program, config, cyclesPerPlace(program, timing), numInputs).run();
        for (int i = 0; i < streamed.length; i++) {
            streamed[i] = perInput[i] * numInputs;
        }
        return streamed;
    }

    /** Puts the cycles of the products, which are ordered by layer, at their places in the program's body. */
    private long[] cyclesPerPlace(Program of, Timing timing) {
        long[] cycles = new long[of.body().size()];
        for (int i = 0; i < layers.size(); i++) {
            List<ProductTrace> products = layers.get(i).products();
            for (int j = 0; j < products.size(); j++) {
                cycles[products.get(j).place()] = timing.productCycles().get(i)[j];
            }
        }
        return cycles;
    }

    /** Returns the places of a program's products, in its order. */
    static List<Integer> productPlaces(Program program) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < program.body().size(); place++) {
            if (program.body().get(place).opcode() == Opcode.MATRIX_VECTOR) {
                places.add(place);
            }
        }
        return places;
    }

    /**
     * Returns the layers.
     *
     * @return their names, in the order of the workload
     */
    public List<String> layerNames() {
        return layers.stream().map(LayerTrace::name).toList();
    }

    /**
     * Returns what is moved between the host and the array over all inputs; what is moved once before them is not counted.
     *
     * @return the counts, all layers together
     */
    public TransferCounts transfers() {
        return layers.stream().map(LayerTrace::transfers).reduce(TransferCounts.NONE, TransferCounts::plus);
    }

    /**
     * Returns what is moved for each layer over all inputs.
     *
     * @return the counts in the order of {@link #layerNames}
     */
    public List<TransferCounts> transfersByLayer() {
        return layers.stream().map(LayerTrace::transfers).toList();
    }

    /**
     * Returns how many inputs the workload runs.
     *
     * @return at least 1
     */
    public int numInputs() {
        return numInputs;
    }

    /**
     * Returns how well the workload's inputs are classified.
     *
     * @return a fraction, NaN where labels are not known
     */
    public double accuracy() {
        return accuracy;
    }
}
