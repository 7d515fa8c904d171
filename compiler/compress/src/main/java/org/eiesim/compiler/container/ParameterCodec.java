package org.eiesim.compiler.container;

import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * Stores float32 values exactly, dense or sparse, whichever is smaller: 410 biases 36 of which are not 0 take 1,640 bytes
 * dense, about 170 sparse. The values of constants may be infinite or NaN. Only the sign of a zero is lost, as it is in coded weights: -0, which pruning by a mask leaves
 * where a weight was negative, comes back as 0.
 */
final class ParameterCodec {
    private static final int DENSE = 0;

    private ParameterCodec() {}

    static void write(SectionWriter out, ParameterKey key, Tensor tensor) {
        float[] values = tensor.values();
        int count = 0;
        for (float value : values) {
            if (!Float.isFinite(value) && !isConstant(key)) {
                throw new IllegalArgumentException("parameter " + key + " holds " + value);
            }
            count += isStored(value) ? 1 : 0;
        }
        int order = bestOrder(values, count);
        long sparseBytes = 1L + varintBytes(count) + (gapBits(values, order) + 7) / 8 + 4L * count;
        if (sparseBytes < 1 + 4L * values.length) {
            writeSparse(out, values, count, order);
        } else {
            out.writeByte(DENSE);
            for (float value : values) {
                // Adding 0 makes -0 a 0 and changes nothing else.
                out.writeFloat(value + 0f);
            }
        }
    }

    private static void writeSparse(SectionWriter out, float[] values, int count, int order) {
        out.writeByte(1 + order);
        out.writeVarint(count);
        BitWriter gaps = new BitWriter();
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (isStored(values[i])) {
                ExpGolomb.write(gaps, i - next, order);
                next = i + 1;
            }
        }
        out.writeBytes(gaps.toByteArray());
        for (float value : values) {
            if (isStored(value)) {
                out.writeFloat(value);
            }
        }
    }

    static Tensor read(SectionReader in, ParameterKey key, Shape shape, MemoryBudget budget) throws FormatException {
        String what = "parameter " + key;
        int form = in.readByte("form of " + what);
        if (form == DENSE) {
            budget.reserve(in, what, shape.size(), Float.BYTES);
            return new Tensor(
                    shape,
                    isConstant(key) ? in.readFloats(shape.size(), what) : in.readFiniteFloats(shape.size(), what));
        }
        int order = form - 1;
        if (order > ExpGolomb.MAX_ORDER) {
            throw in.error(what + " has unknown form " + form);
        }
        int count = in.readVarint("values of " + what, 0, Math.min(shape.size(), in.remaining() / Float.BYTES));
        budget.reserve(in, what, shape.size() + (long) count, Float.BYTES);
        int[] positions = readPositions(in, what, order, count, shape.size());
        float[] values = new float[shape.size()];
        for (int position : positions) {
            values[position] = isConstant(key) ? in.readFloat(what) : in.readFiniteFloat(what);
        }
        budget.release(count, Integer.BYTES);
        return new Tensor(shape, values);
    }

    private static int[] readPositions(SectionReader in, String what, int order, int count, int size)
            throws FormatException {
        int[] positions = new int[count];
        BitSection gaps = new BitSection(in, "positions of " + what);
        gaps.read(bits -> {
            int next = 0;
            for (int i = 0; i < count; i++) {
                positions[i] = next + ExpGolomb.read(bits, order, size - 1 - next);
                next = positions[i] + 1;
            }
        });
        return positions;
    }

    /** Masks hold infinities; weights must not. */
    private static boolean isConstant(ParameterKey key) {
        return key.role().equals(ParameterKey.VALUE);
    }

    private static boolean isStored(float value) {
        return value != 0;
    }

    /** The order is near the logarithm of the mean gap; the neighbours are tried too. */
    private static int bestOrder(float[] values, int count) {
        int middle = Integer.SIZE - Integer.numberOfLeadingZeros(values.length / Math.max(1, count));
        int best = Math.max(0, middle - 3);
        for (int order = best + 1; order <= Math.min(middle + 1, ExpGolomb.MAX_ORDER); order++) {
            if (gapBits(values, order) < gapBits(values, best)) {
                best = order;
            }
        }
        return best;
    }

    private static long gapBits(float[] values, int order) {
        long bits = 0;
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (isStored(values[i])) {
                bits += ExpGolomb.numBits(i - next, order);
                next = i + 1;
            }
        }
        return bits;
    }

    private static int varintBytes(int value) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
    }
}
