package org.eiesim.studies.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.data.InputFile;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a run, and those that fixed-point formats are calibrated on.
 *
 * @param values {@code [count][length]} finite values; owned, not copied
 * @param count how many
 * @param labels the class of each, or null where it is not known; owned, not copied
 * @param calibration {@code [numCalibration][length]} finite values; owned, not copied
 * @param numCalibration how many of them
 * @param calibratedOn says in a few words what {@code calibration} is
 * @param notes remarks for the user, one line each
 */
public record Inputs(
        float[] values,
        int count,
        int @Nullable [] labels,
        float[] calibration,
        int numCalibration,
        String calibratedOn,
        List<String> notes) {
    /** Inputs that formats are calibrated on, at most. */
    public static final int MAX_CALIBRATION = 1_000;

    /** Seed of {@link #random}. */
    public static final long RANDOM_SEED = 1;

    /** Copies the list. */
    public Inputs {
        notes = List.copyOf(notes);
    }

    /**
     * Takes the test images of a dataset, calibrating on the first training images, or on the first test images where
     * there are none.
     *
     * @param data the dataset
     * @param length values of one input of the program
     * @return the inputs
     * @throws IllegalArgumentException if the images are of another size
     */
    public static Inputs ofDataset(DatasetPair data, int length) {
        Dataset test = data.test();
        int pixels = test.sampleShape().size();
        if (pixels != length) {
            throw new IllegalArgumentException(test.name() + " has images of " + pixels + " values ("
                    + test.sampleShape() + "), the program takes " + length);
        }
        Dataset train = data.train();
        Dataset samples = train == null ? test : train;
        int numSamples = Math.min(MAX_CALIBRATION, samples.size());
        return new Inputs(
                values(test, test.size()),
                test.size(),
                test.labels(),
                values(samples, numSamples),
                numSamples,
                "the first " + numSamples + (train == null ? " test" : " training") + " images of " + samples.name()
                        + (train == null ? ", which has no training images" : ""),
                List.of());
    }

    private static float[] values(Dataset data, int count) {
        int length = data.sampleShape().size();
        float[] values = new float[Math.multiplyExact(count, length)];
        for (int i = 0; i < count; i++) {
            data.copySample(i, values, i * length);
        }
        return values;
    }

    /**
     * Reads inputs from a file, calibrating on the first of them.
     *
     * @param file raw little-endian float32 or .npy
     * @param length values of one input of the program
     * @return the inputs
     * @throws FormatException if the file is missing, damaged, or does not hold whole inputs
     * @throws IOException if reading fails
     */
    public static Inputs ofFile(Path file, int length) throws IOException {
        float[][] rows = InputFile.read(file, length);
        float[] values = new float[Math.multiplyExact(rows.length, length)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * length, length);
        }
        return ofValues(values, rows.length, file.toString(), List.of());
    }

    /**
     * Takes the input that a dump brings.
     *
     * @param values the input; owned, not copied
     * @return the inputs
     */
    public static Inputs ofDump(float[] values) {
        return ofValues(values, 1, "the dump", List.of());
    }

    /**
     * Takes values, calibrating on the first of them.
     *
     * @param values {@code [count][length]} finite values; owned, not copied
     * @param count how many inputs
     * @param name what they are called
     * @param notes remarks for the user
     * @return the inputs
     */
    public static Inputs ofValues(float[] values, int count, String name, List<String> notes) {
        int numSamples = Math.min(MAX_CALIBRATION, count);
        int length = count == 0 ? 0 : values.length / count;
        float[] samples = numSamples == count ? values : Arrays.copyOf(values, numSamples * length);
        return new Inputs(
                values,
                count,
                null,
                samples,
                numSamples,
                count == 1 ? "the one input of " + name : "the first " + numSamples + " inputs of " + name,
                notes);
    }

    /**
     * Makes one input of uniform random numbers, for a first look where there is neither data nor an input.
     *
     * @param length values of one input of the program
     * @return the input, the same for every call
     */
    public static Inputs random(int length) {
        return random(length, RANDOM_SEED);
    }

    /**
     * Makes one input of uniform random numbers.
     *
     * @param length values of one input of the program
     * @param seed the seed
     * @return the input, the same for every call
     */
    public static Inputs random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        String note = "no --data and no --input: one input of uniform random numbers in 0..1, seed " + seed
                + "; cycles and outputs are those of that input";
        return ofValues(values, 1, "random numbers", List.of(note));
    }
}
