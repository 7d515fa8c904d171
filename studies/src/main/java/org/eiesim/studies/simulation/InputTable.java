package org.eiesim.studies.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.data.InputFile;
import org.eiesim.models.data.PixelScale;
import org.jspecify.annotations.Nullable;

/**
 * Values for the inputs of a network from files, one file for each.
 *
 * @param columns for each input of the network its samples, as many of each
 */
public record InputTable(List<float[][]> columns) {
    /**
     * Reads files.
     *
     * @param files one for each input, as {@link InputFile#read(Path, int, PixelScale)} takes them
     * @param sizes values of one sample of each
     * @param scale what a pixel's value is, or null where the files hold no pixels
     * @return the values
     * @throws FormatException if a file is missing, damaged or of another size, or has more samples than another
     * @throws IOException if reading fails
     */
    public static InputTable read(List<Path> files, List<Integer> sizes, @Nullable PixelScale scale)
            throws IOException {
        List<float[][]> columns = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            columns.add(InputFile.read(files.get(i), sizes.get(i), scale));
            if (columns.get(i).length != columns.get(0).length) {
                throw new FormatException(
                        files.get(i).toString(),
                        "has " + columns.get(i).length + " inputs, but " + files.get(0) + " has "
                                + columns.get(0).length);
            }
        }
        return new InputTable(List.copyOf(columns));
    }

    /**
     * Returns how many samples there are.
     *
     * @return the count
     */
    public int count() {
        return columns.get(0).length;
    }

    /**
     * Returns the first samples.
     *
     * @param limit the most there may be, or null for all
     * @return the samples
     */
    public InputTable first(@Nullable Integer limit) {
        if (limit == null || limit >= count()) {
            return this;
        }
        return new InputTable(
                columns.stream().map(column -> Arrays.copyOf(column, limit)).toList());
    }

    /**
     * Joins the inputs of each sample, as a program takes them.
     *
     * @return {@code [count][sum of sizes]} values
     */
    public float[] joined() {
        int length = columns.stream().mapToInt(column -> column[0].length).sum();
        float[] joined = new float[Math.multiplyExact(count(), length)];
        int position = 0;
        for (int sample = 0; sample < count(); sample++) {
            for (float[][] column : columns) {
                System.arraycopy(column[sample], 0, joined, position, column[sample].length);
                position += column[sample].length;
            }
        }
        return joined;
    }
}
