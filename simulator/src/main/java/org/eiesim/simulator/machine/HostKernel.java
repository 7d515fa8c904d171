package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.compiler.program.HostOperation;
import org.eiesim.compiler.program.HostShape;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.nn.Activations;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.FreeGates;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.kernels.nn.Im2Col;
import org.eiesim.kernels.nn.Pooling;
import org.eiesim.kernels.nn.RecurrentGates;
import org.eiesim.kernels.nn.SlidingWindow;

/** What one host operation computes, in float32: the kernels the reference executor uses too. */
final class HostKernel {
    private final Program program;
    private final HostOperation operation;
    private final HostShape shape;
    private final Map<String, Integer> attributes;
    private final HostTensorKernel tensors;
    /** The step a recurrent cell yields, not yet in its place. */
    private final float[] step;

    HostKernel(Program program, HostOperation operation) {
        this.program = program;
        this.operation = operation;
        shape = operation.shape(program);
        attributes = operation.attributes();
        tensors = new HostTensorKernel(program, operation);
        step = new float[HostShape.yieldsSteps(operation.kind()) ? Math.toIntExact(shape.output()) : 0];
    }

    /** Returns the operations of one run. */
    long operations() {
        return shape.operations();
    }

    /** Computes the values it yields and returns where they stand: the output buffer, or an array {@link #place} takes. */
    float[] compute(float[][] buffers) {
        float[] x = buffers[operation.input()];
        float[] y = buffers[operation.output()];
        switch (operation.kind()) {
            case SOFTMAX -> {
                System.arraycopy(x, 0, y, 0, y.length);
                int length = attribute("axis_length");
                for (int start = 0; start < y.length; start += length) {
                    Activations.softmax(y, start, length);
                }
            }
            case ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    MAXIMUM,
                    MINIMUM,
                    POWER,
                    EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    REMAINDER,
                    MODULO -> {
                ArithmeticOperator operator =
                        ArithmeticOperator.valueOf(operation.kind().name());
                float[] second = other(0, buffers);
                for (int i = 0; i < y.length; i++) {
                    y[i] = operator.apply(x[i], second[i]);
                }
            }
            case ACTIVATION -> {
                System.arraycopy(x, 0, y, 0, y.length);
                ActivationFunctions.apply(Coded.of(ActivationCode.values(), attribute("function")), y, y.length);
            }
            case IM2COL -> im2col(x, y);
            case MAXIMUM_POOL ->
                Pooling.maximum(x, attribute(PlaneAttributes.CHANNELS), PlaneAttributes.window(attributes), y);
            case AVERAGE_POOL ->
                Pooling.average(
                        x,
                        attribute(PlaneAttributes.CHANNELS),
                        PlaneAttributes.window(attributes),
                        attribute("count_padding") != 0,
                        y);
            case ZERO -> Arrays.fill(y, 0);
            case LSTM_GATES -> {
                RecurrentGates.lstm(x, other(0, buffers), step);
                return step;
            }
            case GRU_RESET -> RecurrentGates.gruResetBefore(x, other(0, buffers), other(1, buffers), y);
            case GRU_FINISH -> {
                System.arraycopy(other(1, buffers), 0, step, 0, step.length);
                RecurrentGates.gruFinish(other(0, buffers), x, step);
                return step;
            }
            case LSTM_LINEAR_GATES -> {
                RecurrentGates.lstmLinearOutput(x, other(0, buffers), step);
                return step;
            }
            case GRU_RESET_AFTER -> {
                int half = x.length / 2;
                System.arraycopy(other(0, buffers), 0, step, 0, step.length);
                RecurrentGates.gruResetAfter(
                        Arrays.copyOfRange(x, 0, half), Arrays.copyOfRange(x, half, x.length), step);
                return step;
            }
            case GRU_FREE_RESET -> gates().gruResetBefore(x, other(1, buffers), other(2, buffers), y);
            case RNN_GATES, LSTM_FREE_GATES, GRU_FREE_FINISH, GRU_FREE_RESET_AFTER -> {
                free(x, buffers);
                return step;
            }
            default -> {
                return tensors.compute(x, y, buffers);
            }
        }
        return y;
    }

    /** Puts the values that were computed, rounded by now, where they belong. */
    void place(float[][] buffers, int iteration) {
        tensors.place(buffers[operation.output()]);
        if (step.length > 0) {
            // The hidden state is the last buffer such a kind names.
            float[] hidden = other(operation.others().size() - 1, buffers);
            System.arraycopy(step, 0, hidden, 0, hidden.length);
            System.arraycopy(step, 0, buffers[operation.output()], iteration * step.length, step.length);
        }
    }

    /** Ends a step of a cell with functions of its own; the first of the others are constants. */
    private void free(float[] x, float[][] buffers) {
        switch (operation.kind()) {
            case RNN_GATES -> gates().plain(x, step);
            case LSTM_FREE_GATES -> {
                float[] cell = other(2, buffers);
                float[] hidden = new float[cell.length];
                gates().lstm(x, constant(1), attribute("coupled") != 0, cell, hidden);
                System.arraycopy(hidden, 0, step, 0, hidden.length);
                System.arraycopy(cell, 0, step, hidden.length, step.length - hidden.length);
            }
            case GRU_FREE_FINISH -> {
                System.arraycopy(other(2, buffers), 0, step, 0, step.length);
                gates().gruFinish(other(1, buffers), x, step);
            }
            default -> {
                int half = x.length / 2;
                System.arraycopy(other(1, buffers), 0, step, 0, step.length);
                gates().gruResetAfter(Arrays.copyOfRange(x, 0, half), Arrays.copyOfRange(x, half, x.length), step);
            }
        }
    }

    private FreeGates gates() {
        List<GateFunction> functions = new ArrayList<>();
        for (String name : List.of("f", "g", "h")) {
            if (attributes.containsKey(name)) {
                functions.add(List.of(GateFunction.values()).get(attribute(name)));
            }
        }
        return new FreeGates(functions.toArray(GateFunction[]::new), constant(0));
    }

    private float[] constant(int index) {
        return program.biases().get(operation.others().get(index).number());
    }

    private void im2col(float[] x, float[] y) {
        SlidingWindow window = PlaneAttributes.window(attributes);
        int channels = attribute(PlaneAttributes.CHANNELS);
        int length = channels * window.numTaps();
        int at = 0;
        for (int row = 0; row < window.outputHeight(); row++) {
            for (int column = 0; column < window.outputWidth(); column++) {
                Im2Col.patch(x, 0, channels, window, row, column, y, at);
                at += length;
            }
        }
    }

    private int attribute(String name) {
        return attributes.getOrDefault(name, 0);
    }

    private float[] other(int index, float[][] buffers) {
        return buffers[operation.others().get(index).number()];
    }
}
