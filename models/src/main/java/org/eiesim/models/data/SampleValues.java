package org.eiesim.models.data;

import java.util.Arrays;

/** The values of all samples of a dataset, one sample after another, each in C order. */
public sealed interface SampleValues {
    /**
     * Returns how many values there are.
     *
     * @return the count
     */
    int length();

    /**
     * Writes some of them into an array.
     *
     * @param from the first
     * @param count how many
     * @param values receives them
     * @param offset position of the first
     */
    void copy(int from, int count, float[] values, int offset);

    /**
     * Returns some of the samples.
     *
     * @param samples which, in their new order
     * @param sampleSize values of one
     * @return their values
     */
    SampleValues select(int[] samples, int sampleSize);

    /** The bytes of images and their scale. */
    final class Pixels implements SampleValues {
        private final byte[] bytes;
        private final PixelScale scale;
        private final int planeSize;

        /**
         * Takes bytes.
         *
         * @param bytes owned from now on, not copied
         * @param scale what a value is
         * @param planeSize bytes of one channel of one image
         */
        Pixels(byte[] bytes, PixelScale scale, int planeSize) {
            this.bytes = bytes;
            this.scale = scale;
            this.planeSize = Math.max(1, planeSize);
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public void copy(int from, int count, float[] values, int offset) {
            int numChannels = scale.numChannels();
            for (int i = 0; i < count; i++) {
                int channel = numChannels == 1 ? 0 : (from + i) / planeSize % numChannels;
                values[offset + i] = scale.value(bytes[from + i], channel);
            }
        }

        @Override
        public SampleValues select(int[] samples, int sampleSize) {
            byte[] selected = new byte[Math.multiplyExact(samples.length, sampleSize)];
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(bytes, samples[i] * sampleSize, selected, i * sampleSize, sampleSize);
            }
            return new Pixels(selected, scale, planeSize);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pixels pixels
                    && Arrays.equals(bytes, pixels.bytes)
                    && scale.equals(pixels.scale)
                    && planeSize == pixels.planeSize;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** Values as they are. */
    final class Floats implements SampleValues {
        private final float[] floats;

        /**
         * Takes values.
         *
         * @param floats owned from now on, not copied
         */
        Floats(float[] floats) {
            this.floats = floats;
        }

        @Override
        public int length() {
            return floats.length;
        }

        @Override
        public void copy(int from, int count, float[] values, int offset) {
            System.arraycopy(floats, from, values, offset, count);
        }

        @Override
        public SampleValues select(int[] samples, int sampleSize) {
            float[] selected = new float[Math.multiplyExact(samples.length, sampleSize)];
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(floats, samples[i] * sampleSize, selected, i * sampleSize, sampleSize);
            }
            return new Floats(selected);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Floats values && Arrays.equals(floats, values.floats);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(floats);
        }
    }
}
