package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.lanes.CountTable;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProductImage;
import org.junit.jupiter.api.Test;

/** What a prepared product keeps in memory, counted array by array over all it refers to. */
class ExactMemoryTest {
    private static final int NUM_ROWS = 2000;
    private static final int NUM_INPUTS = 500;
    private static final int NUM_PES = 8;

    /** Entries and padding in bytes, the first row of a column in 2, the rows it occupies in 1: per column and PE. */
    private static final int BYTES_PER_COUNT = 5;

    /** For each input, row and PE a few words: column starts, times, sums. */
    private static final int WORKING_BYTES = 200 * (NUM_INPUTS + NUM_ROWS);

    private static final Arithmetic FLOAT32 = new Arithmetic.Float32();
    private static final Arithmetic FIXED_POINT =
            new Arithmetic.FixedPoint(new QFormat(16, 8), new QFormat(16, 8), new QFormat(16, 8), Rounding.HALF_UP);

    @Test
    void takesAtMostEightBytesAnEntry() {
        ProductImage image = image();
        assertBytesAnEntry(8, product(image, FLOAT32), image);
        assertBytesAnEntry(5, product(image, FIXED_POINT), image);
    }

    @Test
    void blocksOfVectorsTakeFourMore() {
        ProductImage image = image();
        ExactProduct product = product(image, FLOAT32);
        product.runBlock(new float[16 * NUM_INPUTS], 0, 16, 16, new float[16 * NUM_ROWS], new EventRecord(NUM_PES));
        assertBytesAnEntry(Lanes.fastest().blocks() == null ? 8 : 12, product, image);
    }

    private static void assertBytesAnEntry(int bytes, ExactProduct product, ProductImage image) {
        long entries = image.matrix().numEntries();
        long counts = (long) BYTES_PER_COUNT * NUM_INPUTS * CountTable.LANE_MULTIPLE;
        assertThat(arrayBytes(image, product)).isBetween(bytes * entries, bytes * entries + counts + WORKING_BYTES);
    }

    @Test
    void forksShareTheEntries() {
        ProductImage image = image();
        ExactProduct product = product(image, FLOAT32);
        long one = arrayBytes(image, product);
        assertThat(arrayBytes(image, product, product.fork(), product.fork()) - one)
                .isLessThan(2 * WORKING_BYTES);
    }

    private static ExactProduct product(ProductImage image, Arithmetic arithmetic) {
        MachineConfig config = MachineConfig.defaults().with(Parameters.PES, NUM_PES);
        return new ExactEngine().prepare(image, config, arithmetic);
    }

    private static ProductImage image() {
        Random random = new Random(1);
        byte[] codes = new byte[NUM_ROWS * NUM_INPUTS];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextInt(10) < 9 ? 1 + random.nextInt(15) : 0);
        }
        return new ProductImage(
                InterleavedCscBuilder.build(codes, NUM_ROWS, NUM_INPUTS, NUM_PES, 4), new float[16], NUM_INPUTS, false);
    }

    /** Returns the bytes of all primitive arrays that some objects refer to, those of the image left out. */
    private static long arrayBytes(ProductImage image, Object... roots) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> open = new ArrayDeque<>();
        seen.add(image);
        seen.add(image.matrix());
        for (Object root : roots) {
            push(root, seen, open);
        }
        long bytes = 0;
        while (!open.isEmpty()) {
            Object object = open.pop();
            Class<?> type = object.getClass();
            if (type.isArray()) {
                bytes += (long) Array.getLength(object) * elementBytes(type.getComponentType());
                for (int i = 0; !type.getComponentType().isPrimitive() && i < Array.getLength(object); i++) {
                    push(Array.get(object, i), seen, open);
                }
            } else if (type.getName().startsWith("org.eiesim.")) {
                fields(object, seen, open);
            }
        }
        return bytes;
    }

    private static void fields(Object object, Set<Object> seen, ArrayDeque<Object> open) {
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                try {
                    field.setAccessible(true);
                    push(field.get(object), seen, open);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void push(Object object, Set<Object> seen, ArrayDeque<Object> open) {
        if (object != null && seen.add(object)) {
            open.push(object);
        }
    }

    private static int elementBytes(Class<?> type) {
        if (type == byte.class || type == boolean.class) {
            return Byte.BYTES;
        }
        if (type == short.class || type == char.class) {
            return Short.BYTES;
        }
        return type == long.class || type == double.class ? Long.BYTES : Integer.BYTES;
    }
}
