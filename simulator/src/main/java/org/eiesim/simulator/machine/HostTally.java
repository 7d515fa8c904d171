package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.program.HostOperation;
import org.eiesim.compiler.program.InstructionFormats;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;

/** Runs one host operation for one thread, rounds what it yields in fixed point, and counts what it did. */
final class HostTally {
    private final String name;
    private final HostKind kind;
    private final HostKernel kernel;
    private final QFormat format;
    private final boolean isFixedPoint;
    private final int[] raw = new int[1024];
    private long values;
    private long operations;
    private long saturations;
    private final Magnitudes outputs = new Magnitudes();

    HostTally(Program program, Instruction instruction, Numeric numeric) {
        HostOperation operation = HostOperation.of(program, instruction);
        kind = operation.kind();
        name = program.buffers().get(operation.output()).name();
        kernel = new HostKernel(program, operation);
        QFormat calibrated = InstructionFormats.outputFormat(instruction);
        isFixedPoint = numeric == Numeric.FIXED_POINT;
        if (isFixedPoint && calibrated == null) {
            throw new IllegalArgumentException("host operation " + name + " has no fixed-point format");
        }
        // Not looked at in float32.
        format = calibrated == null ? new QFormat(2, 0) : calibrated;
    }

    /** Runs it in an iteration of a repeat, or in iteration 0. */
    void run(float[][] buffers, int iteration) {
        finish(kernel.compute(buffers));
        kernel.place(buffers, iteration);
    }

    private void finish(float[] y) {
        values += y.length;
        operations += kernel.operations();
        for (float value : y) {
            outputs.add(value);
        }
        for (int start = 0; isFixedPoint && start < y.length; start += raw.length) {
            int count = Math.min(raw.length, y.length - start);
            bound(y, start, count);
            saturations += FixedPoint.quantize(y, start, count, format, raw, 0);
            for (int i = 0; i < count; i++) {
                y[start + i] = (float) FixedPoint.dequantize(raw[i], format);
            }
        }
    }

    /** Infinities saturate as the largest numbers do; NaN, which fixed point lacks, becomes 0. */
    private static void bound(float[] y, int start, int count) {
        for (int i = start; i < start + count; i++) {
            if (Float.isInfinite(y[i])) {
                y[i] = Math.copySign(Float.MAX_VALUE, y[i]);
            } else if (Float.isNaN(y[i])) {
                y[i] = 0;
            }
        }
    }

    void add(HostTally other) {
        values += other.values;
        operations += other.operations;
        saturations += other.saturations;
        outputs.add(other.outputs);
    }

    HostRun result() {
        return new HostRun(name, kind, values, operations, saturations, outputs);
    }
}
