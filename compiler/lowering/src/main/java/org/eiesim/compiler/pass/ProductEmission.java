package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Operation.Product;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.BiasCode;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.isa.TransferCode;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * Writes one product: its registers; then row tile by row tile, for every input vector, the bias, the column tiles in
 * ascending order into the same accumulators, the activation function and the store.
 */
final class ProductEmission {
    private final Emission emission;
    private final Product product;
    private final Target target;
    private final boolean inRegisters;
    private final boolean readsWhole;
    private final boolean isStored;
    private final BiasCode biasMode;
    private float @Nullable [] loaded;
    private int layer;
    private int bias;

    /**
     * Makes the emission of a product.
     *
     * @param inRegisters whether its inputs already are in the source register file
     */
    ProductEmission(Emission emission, Product product, boolean inRegisters) {
        this.emission = emission;
        this.product = product;
        this.inRegisters = inRegisters;
        target = emission.graph().target();
        readsWhole = ScheduleTransfers.readsWhole(product, target);
        isStored = emission.isStored(product.name());
        if (product.bias() == null) {
            biasMode = BiasCode.NONE;
        } else {
            biasMode = target.biasMode() == Target.BiasMode.COLUMN ? BiasCode.COLUMN : BiasCode.PRELOAD;
        }
    }

    void emit() {
        registers();
        boolean repeats = product.numVectors() != 1;
        if (readsWhole && !inRegisters && !repeats) {
            emission.add(load(0, 0, product.numInputs()));
        }
        for (RowTile rows : product.rowTiles()) {
            rowTile(rows, repeats);
        }
        if (isStored) {
            emission.add(Opcode.BARRIER);
        }
        if (emission.schedule().swapped().contains(product.name())) {
            emission.add(Opcode.SWAP_REGISTER_FILES);
        }
    }

    private void registers() {
        SharedWeights weights = product.weights();
        List<Integer> shape = product.kind() == LayerKind.CONVOLUTION
                ? List.of(weights.outputs(), weights.channels(), weights.kernelHeight(), weights.kernelWidth())
                : List.of(weights.outputs(), weights.columns());
        layer = emission.addLayer(new LayerInfo(
                product.layer(),
                product.kind(),
                shape,
                weights.numNonzeros(),
                weights.codebookSize(),
                product.numVectors()));
        ActivationCode activation = product.activation();
        emission.add(
                Opcode.SET_LAYER, layer, product.numInputs(), weights.outputs(), activation.code(), biasMode.code());
        emission.add(Opcode.SET_FORMATS, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        if (product.numVectors() != 1) {
            Vectors vectors = product.vectors();
            emission.add(Opcode.SET_STRIDES, TransferCode.LOAD.code(), vectors.inputStep(), vectors.inputStride());
            emission.add(Opcode.SET_STRIDES, TransferCode.STORE.code(), vectors.outputStep(), vectors.outputStride());
        }
        if (weights.codebooks().size() == 1) {
            loadCodebook(weights.codebook());
        }
        float[] values = product.bias();
        if (biasMode == BiasCode.PRELOAD && values != null) {
            bias = emission.addBias(inMachineOrder(values));
        }
    }

    private void loadCodebook(float[] codebook) {
        emission.add(Opcode.LOAD_CODEBOOK, emission.addCodebook(codebook));
    }

    private float[] inMachineOrder(float[] values) {
        float[] ordered = values.clone();
        for (RowTile rows : product.rowTiles()) {
            int[] order = rows.rowOrder();
            for (int row = 0; order != null && row < order.length; row++) {
                ordered[rows.firstRow() + row] = values[rows.firstRow() + order[row]];
            }
        }
        return ordered;
    }

    /** Loads the codebook of a row tile where the tile before has another. */
    private void loadCodebookOf(RowTile rows) {
        SharedWeights weights = product.weights();
        float[] codebook = weights.codebookOf(rows.firstRow());
        if (weights.codebooks().size() > 1 && codebook != loaded) {
            loadCodebook(codebook);
            loaded = codebook;
        }
    }

    private void rowTile(RowTile rows, boolean repeats) {
        loadCodebookOf(rows);
        List<Integer> images = new ArrayList<>();
        for (ColumnTile columns : rows.columnTiles()) {
            images.add(emission.addImage(new WeightImage(
                    layer,
                    rows.firstRow(),
                    ScheduleTransfers.firstInput(product, rows, columns),
                    columns.numInputs(),
                    columns.biasColumn(),
                    ScheduleTransfers.matrix(product, columns))));
        }
        if (repeats) {
            emission.beginGroup(images.get(0));
            List<Instruction> vector = new ArrayList<>();
            oneVector(rows, images, vector);
            emission.add(Opcode.REPEAT, product.numVectors(), vector.size());
            emission.addAll(vector);
        } else {
            oneVector(rows, images, null);
        }
    }

    /** Writes the instructions for one vector: into a list where they are repeated, else into the program. */
    private void oneVector(RowTile rows, List<Integer> images, @Nullable List<Instruction> repeated) {
        Consumer<Instruction> out = repeated == null ? emission::add : repeated::add;
        if (readsWhole && repeated != null) {
            out.accept(load(0, 0, product.numInputs()));
        }
        boolean preloads = biasMode == BiasCode.PRELOAD;
        if (preloads) {
            out.accept(Instruction.of(Opcode.LOAD_BIAS, bias, rows.firstRow(), rows.numRows()));
        }
        for (int i = 0; i < images.size(); i++) {
            ColumnTile columns = rows.columnTiles().get(i);
            int firstInput = ScheduleTransfers.firstInput(product, rows, columns);
            if (repeated == null) {
                emission.beginGroup(images.get(i));
            }
            emission.streamImage(images.get(i)).forEach(out);
            if (!readsWhole) {
                out.accept(load(0, firstInput, columns.numInputs()));
            }
            out.accept(Instruction.of(
                    Opcode.MATRIX_VECTOR,
                    images.get(i),
                    readsWhole ? firstInput : 0,
                    preloads || i > 0 ? 1 : 0,
                    rows.numRows(),
                    columns.numInputs()));
        }
        out.accept(Instruction.of(Opcode.ACTIVATE, rows.numRows()));
        if (isStored) {
            long first = rows.firstRow() * (long) product.vectors().outputStep();
            out.accept(Instruction.of(
                    Opcode.STORE_ACTIVATIONS, emission.bufferOf(product.name()), 0, first, rows.numRows()));
        }
    }

    private Instruction load(int position, int firstInput, int count) {
        return Instruction.of(
                Opcode.LOAD_ACTIVATIONS,
                emission.bufferOf(product.input()),
                position,
                firstInput * (long) product.vectors().inputStep(),
                count);
    }
}
