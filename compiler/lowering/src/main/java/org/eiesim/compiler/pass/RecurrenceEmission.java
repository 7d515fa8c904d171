package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Operation.Product;
import org.eiesim.compiler.ir.Operation.Recurrence;
import org.eiesim.compiler.ir.Operation.Recurrence.Phase;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.BiasCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.MoveAttributes;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.isa.TransferCode;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.Target;

/**
 * Writes one recurrent cell: its states get their first values; then a repeat over the steps in which every phase loads the step's
 * input and the state behind it, runs its products into the same accumulators, stores the sums and lets the host compute
 * the gates.
 */
final class RecurrenceEmission {
    private final Emission emission;
    private final Recurrence cell;
    private final Target target;
    private final List<Instruction> step = new ArrayList<>();
    private final boolean oneCodebook;
    private BiasCode biasMode = BiasCode.NONE;
    private int layer;
    private int nextImage;

    RecurrenceEmission(Emission emission, Recurrence cell) {
        this.emission = emission;
        this.cell = cell;
        target = emission.graph().target();
        float[] first = cell.products().get(0).weights().codebook();
        oneCodebook = cell.products().stream()
                .allMatch(product -> Arrays.equals(product.weights().codebook(), first));
        if (cell.products().stream().anyMatch(product -> product.bias() != null)) {
            biasMode = target.biasMode() == Target.BiasMode.COLUMN ? BiasCode.COLUMN : BiasCode.PRELOAD;
        }
    }

    void emit() {
        addLayer();
        nextImage = addImages();
        emission.beginGroup(nextImage);
        Set<String> states = new LinkedHashSet<>();
        cell.phases().forEach(phase -> states.addAll(phase.updates()));
        for (String state : states) {
            String initial = cell.initial().get(state);
            emission.add(initial == null ? zero(state) : copy(initial, state));
        }
        emission.add(Opcode.BARRIER);
        emission.add(
                Opcode.SET_LAYER,
                layer,
                cell.numInputs() + (long) cell.hidden(),
                cell.weightShape().get(0),
                ActivationCode.NONE.code(),
                biasMode.code());
        emission.add(Opcode.SET_FORMATS, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        if (oneCodebook) {
            emission.add(loadCodebook(cell.products().get(0)));
        }
        for (Phase phase : cell.phases()) {
            phase(phase);
        }
        emission.add(Opcode.REPEAT, cell.numSteps(), step.size());
        emission.addAll(step);
    }

    private Instruction zero(String state) {
        return emission.hostInstruction(HostKind.ZERO, List.of(state), List.of(), state, Map.of(), List.of());
    }

    private Instruction copy(String value, String state) {
        Map<String, Integer> attributes = new TreeMap<>();
        List<Integer> steps = List.of(1);
        new MoveAttributes(List.of(cell.hidden()), steps, steps, 0, 0).put(attributes);
        return emission.hostInstruction(HostKind.MOVE, List.of(value), List.of(), state, attributes, List.of());
    }

    private void addLayer() {
        Set<Float> shared = new LinkedHashSet<>();
        int numNonzeros = 0;
        for (Product product : cell.products()) {
            numNonzeros += product.weights().numNonzeros();
            for (float weight : product.weights().codebook()) {
                shared.add(weight);
            }
        }
        layer = emission.addLayer(new LayerInfo(
                cell.name(), LayerKind.RECURRENT, cell.weightShape(), numNonzeros, shared.size(), cell.numSteps()));
    }

    private Instruction loadCodebook(Product product) {
        return Instruction.of(
                Opcode.LOAD_CODEBOOK, emission.addCodebook(product.weights().codebook()));
    }

    /** Adds the images of all products and returns the number of the first. */
    private int addImages() {
        int first = -1;
        int rowsBefore = 0;
        for (Phase phase : cell.phases()) {
            int inputsBefore = 0;
            for (Product product : phase.products()) {
                for (RowTile rows : product.rowTiles()) {
                    for (ColumnTile columns : rows.columnTiles()) {
                        int image = emission.addImage(new WeightImage(
                                layer,
                                rowsBefore + rows.firstRow(),
                                inputsBefore + columns.firstColumn(),
                                columns.numInputs(),
                                columns.biasColumn(),
                                ScheduleTransfers.matrix(product, columns)));
                        first = first < 0 ? image : first;
                    }
                }
                inputsBefore += product.numInputs();
            }
            rowsBefore += phase.products().get(0).weights().outputs();
        }
        return first;
    }

    private void phase(Phase phase) {
        int numRowTiles = phase.products().get(0).rowTiles().size();
        int[] image = new int[phase.products().size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = nextImage;
            for (RowTile rows : phase.products().get(i).rowTiles()) {
                nextImage += rows.columnTiles().size();
            }
        }
        Product last = phase.products().get(image.length - 1);
        float[] values = last.bias();
        int bias = biasMode == BiasCode.PRELOAD && values != null ? emission.addBias(values) : -1;
        List<Instruction> codebooks = oneCodebook
                ? List.of()
                : phase.products().stream().map(this::loadCodebook).toList();
        for (int tile = 0; tile < numRowTiles; tile++) {
            rowTile(phase, tile, bias, codebooks, image);
        }
        step.add(Instruction.of(Opcode.BARRIER));
        List<String> reads = new ArrayList<>(List.of(phase.sums()));
        reads.addAll(phase.reads());
        step.add(emission.hostInstruction(
                phase.gates(), reads, phase.updates(), phase.output(), phase.numbers(), phase.constants()));
        step.add(Instruction.of(Opcode.BARRIER));
    }

    private void rowTile(Phase phase, int tile, int bias, List<Instruction> codebooks, int[] image) {
        RowTile first = phase.products().get(0).rowTiles().get(tile);
        boolean accumulate = bias >= 0;
        if (accumulate) {
            step.add(Instruction.of(Opcode.LOAD_BIAS, bias, first.firstRow(), first.numRows()));
        }
        int inputsBefore = 0;
        for (int i = 0; i < image.length; i++) {
            Product product = phase.products().get(i);
            if (!codebooks.isEmpty()) {
                step.add(codebooks.get(i));
            }
            for (ColumnTile columns : product.rowTiles().get(tile).columnTiles()) {
                step.addAll(emission.streamImage(image[i]));
                load(phase.state(), inputsBefore + columns.firstColumn(), columns.numInputs());
                step.add(Instruction.of(
                        Opcode.MATRIX_VECTOR, image[i], 0, accumulate ? 1 : 0, first.numRows(), columns.numInputs()));
                image[i]++;
                accumulate = true;
            }
            inputsBefore += product.numInputs();
        }
        step.add(Instruction.of(Opcode.ACTIVATE, first.numRows()));
        step.add(Instruction.of(
                Opcode.STORE_ACTIVATIONS, emission.bufferOf(phase.sums()), 0, first.firstRow(), first.numRows()));
    }

    /** Loads a part of the vector that begins with the step's input and goes on with the state. */
    private void load(String state, int first, int count) {
        int fromInput = Math.max(0, Math.min(cell.numInputs(), first + count) - first);
        if (fromInput > 0) {
            step.add(Instruction.of(Opcode.SET_STRIDES, TransferCode.LOAD.code(), 1, cell.numInputs()));
            step.add(Instruction.of(Opcode.LOAD_ACTIVATIONS, emission.bufferOf(cell.input()), 0, first, fromInput));
        }
        if (count > fromInput || count == 0) {
            int firstState = first + fromInput - cell.numInputs();
            step.add(Instruction.of(Opcode.SET_STRIDES, TransferCode.LOAD.code(), 1, 0));
            step.add(Instruction.of(
                    Opcode.LOAD_ACTIVATIONS, emission.bufferOf(state), fromInput, firstState, count - fromInput));
        }
    }
}
