package org.eiesim.simulator.machine;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.MoveAttributes;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.compiler.program.HostOperation;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.linalg.BatchedProduct;
import org.eiesim.kernels.nn.Activations;
import org.eiesim.kernels.nn.ElementFunction;
import org.eiesim.kernels.nn.Normalization;
import org.eiesim.kernels.nn.Rearrangement;
import org.eiesim.kernels.nn.Reduction;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.kernels.nn.Winograd;

/** The host operations that rearrange, look up, reduce or normalise whole tensors. */
final class HostTensorKernel {
    private final Program program;
    private final HostOperation operation;
    private final Map<String, Integer> attributes;
    /** The values of a move, in the order of its loops. */
    private final float[] moved;

    HostTensorKernel(Program program, HostOperation operation) {
        this.program = program;
        this.operation = operation;
        attributes = operation.attributes();
        moved = new float
                [operation.kind() == HostKind.MOVE
                        ? Math.toIntExact(MoveAttributes.of(attributes).count())
                        : 0];
    }

    /** Computes the values it yields and returns where they stand. */
    float[] compute(float[] x, float[] y, float[][] buffers) {
        int length = attribute("axis_length");
        switch (operation.kind()) {
            case REVERSE -> {
                for (int start = 0; start < x.length; start += length) {
                    System.arraycopy(x, start, y, y.length - start - length, length);
                }
            }
            case MOVE -> {
                MoveAttributes move = MoveAttributes.of(attributes);
                read(move, x, 0, move.inputOffset(), 0);
                return moved;
            }
            case FUNCTION -> {
                ElementFunction function = List.of(ElementFunction.values()).get(attribute("function"));
                for (int i = 0; i < y.length; i++) {
                    y[i] = function.apply(x[i]);
                }
            }
            case SELECT -> {
                float[] yes = buffers[operation.others().get(0).number()];
                float[] no = buffers[operation.others().get(1).number()];
                for (int i = 0; i < y.length; i++) {
                    y[i] = x[i] != 0 ? yes[i] : no[i];
                }
            }
            case CONSTANT -> System.arraycopy(constant(0), 0, y, 0, y.length);
            case REDUCE -> {
                ReductionOperator operator = List.of(ReductionOperator.values()).get(attribute("operator"));
                int[] extents = {y.length, length};
                Reduction.apply(operator, x, extents, new boolean[] {false, true}, y);
            }
            case MATRIX_PRODUCT -> {
                int[] matrices = IntStream.range(0, attribute("batch")).toArray();
                float[] second = buffers[operation.others().get(0).number()];
                BatchedProduct.multiply(
                        x, matrices, second, matrices, attribute("rows"), attribute("inner"), attribute("columns"), y);
            }
            case WINOGRAD_INPUT ->
                Winograd.inputs(x, attribute(PlaneAttributes.CHANNELS), PlaneAttributes.window(attributes), y);
            case WINOGRAD_OUTPUT ->
                Winograd.outputs(
                        x,
                        attribute(PlaneAttributes.CHANNELS),
                        attribute(PlaneAttributes.HEIGHT),
                        attribute(PlaneAttributes.WIDTH),
                        y);
            case PUT_BACK -> putBack(x, y);
            case GATHER -> gather(x, length, y);
            case EMBEDDING -> Rearrangement.rows(constant(0), length, x, y);
            case LAYER_NORM, BATCH_NORM, LOCAL_RESPONSE -> normalise(x, y);
            default -> ofCoefficients(x, y);
        }
        return y;
    }

    private void normalise(float[] x, float[] y) {
        int planeSize = operation.kind() == HostKind.LAYER_NORM ? 0 : x.length / attribute("channels");
        switch (operation.kind()) {
            case LAYER_NORM -> {
                System.arraycopy(x, 0, y, 0, y.length);
                Normalization.layer(y, constant(0), constant(1), constant(2)[0]);
            }
            case BATCH_NORM -> {
                System.arraycopy(x, 0, y, 0, y.length);
                Normalization.batch(y, planeSize, constant(0), constant(1), constant(2), constant(3), constant(4)[0]);
            }
            default -> {
                float[] coefficients = constant(0);
                Normalization.localResponse(
                        x, planeSize, attribute("size"), coefficients[0], coefficients[1], coefficients[2], y);
            }
        }
    }

    private void gather(float[] x, int length, float[] y) {
        float[] constant = constant(0);
        int[] indices = new int[constant.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) constant[i];
        }
        int width = attribute("width");
        Rearrangement.gather(x, new int[] {x.length / length / width, length, width}, 1, indices, y);
    }

    private void putBack(float[] x, float[] y) {
        float[] order = constant(0);
        int step = attribute("step");
        for (int n = 0; n < attribute("count"); n++) {
            int vector = n * attribute("stride");
            for (int row = 0; row < order.length; row++) {
                y[vector + ((int) order[row]) * step] = x[vector + row * step];
            }
        }
    }

    private void ofCoefficients(float[] x, float[] y) {
        float[] c = constant(0);
        for (int i = 0; i < y.length; i++) {
            y[i] = switch (operation.kind()) {
                case CLIP -> Activations.clip(x[i], c[0], c[1]);
                case LEAKY_RELU -> Activations.leakyRelu(x[i], c[0]);
                case ELU -> Activations.elu(x[i], c[0]);
                case HARD_SIGMOID -> Activations.hardSigmoid(x[i], c[0], c[1]);
                default -> throw new IllegalStateException("no kernel for " + operation.kind());
            };
        }
    }

    /** Puts the values of a move, rounded by now, into the output. */
    void place(float[] y) {
        if (operation.kind() == HostKind.MOVE) {
            MoveAttributes move = MoveAttributes.of(attributes);
            write(move, y, 0, move.outputOffset(), 0);
        }
    }

    /** Runs the loops from an axis on; returns the place behind the last value. */
    private int read(MoveAttributes move, float[] x, int axis, int offset, int at) {
        int to = at;
        int step = move.inputSteps().get(axis);
        int extent = move.extents().get(axis);
        for (int i = 0; i < extent; i++) {
            if (axis == MoveAttributes.MAX_AXES - 1) {
                moved[to++] = x[offset + i * step];
            } else {
                to = read(move, x, axis + 1, offset + i * step, to);
            }
        }
        return to;
    }

    private int write(MoveAttributes move, float[] y, int axis, int offset, int at) {
        int from = at;
        int step = move.outputSteps().get(axis);
        int extent = move.extents().get(axis);
        for (int i = 0; i < extent; i++) {
            if (axis == MoveAttributes.MAX_AXES - 1) {
                y[offset + i * step] = moved[from++];
            } else {
                from = write(move, y, axis + 1, offset + i * step, from);
            }
        }
        return from;
    }

    private int attribute(String name) {
        return attributes.getOrDefault(name, 0);
    }

    /** Returns the bias segment that the constant of some number among the attributes names. */
    private float[] constant(int index) {
        List<HostOperation.Other> others = operation.others();
        return program.biases().get(others.get(index).number());
    }
}
