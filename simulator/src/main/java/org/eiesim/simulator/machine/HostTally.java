package org.eiesim.simulator.machine;

import java.util.SortedMap;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.program.InstructionFormats;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.nn.Activations;

/** Runs one host operation for one thread and counts what it did. */
final class HostTally {
    private final String name;
    private final HostKind kind;
    private final int input;
    private final int output;
    private final SortedMap<String, Integer> attributes;
    private final QFormat format;
    private final boolean isFixedPoint;
    private long values;
    private long saturations;
    private double maxOutput;

    HostTally(Program program, Instruction instruction, Numeric numeric) {
        kind = Coded.of(HostKind.values(), instruction.get(Field.KIND));
        input = instruction.getInt(Field.INPUT);
        output = instruction.getInt(Field.OUTPUT);
        name = program.buffers().get(output).name();
        attributes = program.attributes().get(instruction.getInt(Field.ATTRIBUTES));
        QFormat calibrated = InstructionFormats.outputFormat(instruction);
        isFixedPoint = numeric == Numeric.FIXED_POINT;
        if (isFixedPoint && calibrated == null) {
            throw new IllegalArgumentException("host operation " + name + " has no fixed-point format");
        }
        // Not looked at in float32.
        format = calibrated == null ? new QFormat(2, 0) : calibrated;
    }

    void run(float[][] buffers) {
        float[] y = buffers[output];
        System.arraycopy(buffers[input], 0, y, 0, y.length);
        int attribute = attributes.getOrDefault(kind.attributes().get(0), 0);
        switch (kind) {
            case SOFTMAX -> {
                for (int start = 0; start < y.length; start += attribute) {
                    Activations.softmax(y, start, attribute);
                }
            }
            case ADD -> {
                float[] second = buffers[attribute];
                for (int i = 0; i < y.length; i++) {
                    y[i] += second[i];
                }
            }
            case ACTIVATION -> activate(Coded.of(ActivationCode.values(), attribute), y);
        }
        finish(y);
    }

    private static void activate(ActivationCode function, float[] values) {
        switch (function) {
            case NONE -> {
                // Nothing changes.
            }
            case RELU -> Activations.relu(values, 0, values.length);
            case SIGMOID -> Activations.sigmoid(values, 0, values.length);
            case TANH -> Activations.tanh(values, 0, values.length);
        }
    }

    private void finish(float[] y) {
        values += y.length;
        for (float value : y) {
            maxOutput = Math.max(maxOutput, Math.abs(value));
        }
        if (isFixedPoint) {
            int[] raw = new int[y.length];
            saturations += FixedPoint.quantize(y, 0, y.length, format, raw, 0);
            for (int i = 0; i < y.length; i++) {
                y[i] = (float) FixedPoint.dequantize(raw[i], format);
            }
        }
    }

    void add(HostTally other) {
        values += other.values;
        saturations += other.saturations;
        maxOutput = Math.max(maxOutput, other.maxOutput);
    }

    HostRun result() {
        return new HostRun(name, kind, values, saturations, maxOutput);
    }
}
