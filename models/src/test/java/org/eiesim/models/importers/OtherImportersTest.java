package org.eiesim.models.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.SharedFiles;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherImportersTest {
    @TempDir
    Path folder;

    @Test
    void aFolderOfArraysBecomesAChainOfLayers() throws IOException {
        NpyFile.write(folder.resolve("c.npy"), new Tensor(Shape.of(1, 1, 1, 1), new float[] {2}));
        NpyFile.write(folder.resolve("w.npy"), new Tensor(Shape.of(2, 4), new float[] {1, 0, 0, 0, 0, 0, 0, -1}));
        NpyFile.write(folder.resolve("b.npy"), new Tensor(Shape.of(2), new float[] {0.5f, 0}));
        String layers = """
            {"name": "n", "input": {"name": "x", "shape": [1, 4, 4]}, "layers": [
              {"type": "convolution", "name": "c", "weight": "c.npy"},
              {"type": "max_pool", "kernel": 2}, {"type": "flatten"},
              {"type": "dense", "name": "fc", "weight": "w.npy", "bias": "b.npy"}, {"type": "relu"}]}
            """;
        Files.writeString(folder.resolve("network.json"), layers);
        float[] x = new float[16];
        for (int i = 0; i < 16; i++) {
            x[i] = i;
        }
        assertThat(new ReferenceExecutor(NumpyFolder.read(folder)).run(x)).containsExactly(10.5f, 0);

        assertError(layers.replace("w.npy", "../w.npy"), "../w.npy: lies outside the folder");
        assertError(layers.replace("w.npy", "v.npy"), "v.npy");
        assertError(layers.replace("\"relu\"", "\"swish\""), "type swish is not supported");
        assertError(layers.replace("\"weight\": \"w.npy\", ", ""), "layer fc: it names no file for its weight");
        assertError(layers.replace("[1, 4, 4]", "[1, 4, 5, 4]"), "layer c: node c cannot take x");
        assertError("{", "line 1");
    }

    private void assertError(String description, String part) throws IOException {
        Files.writeString(folder.resolve("network.json"), description);
        assertThatThrownBy(() -> NumpyFolder.read(folder))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(part)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    /** Two hidden values, written as the demonstration writes its weights, against its equations. */
    @Test
    void theHandwritingFormatKeepsItsOrderOfGates() throws IOException {
        Random random = new Random(3);
        byte[][] out = bytes(random, 2, 3);
        byte[][] outBias = bytes(random, 1, 3);
        byte[][] wx = bytes(random, 3, 8);
        byte[][] wh = bytes(random, 2, 8);
        byte[][] bias = bytes(random, 1, 8);
        Path file = folder.resolve("w.json");
        Files.writeString(
                file,
                "[" + rows(out) + "," + text(outBias[0]) + "," + rows(wx) + "," + rows(wh) + "," + text(bias[0]) + "]");
        Network network = HandwritingLstm.read(file, 3);
        float[] x = {1, -2, 0.5f, 0, 1, 1, -1, 0.25f, 3};
        float[] y = new ReferenceExecutor(network).run(x);

        double[] h = new double[2];
        double[] c = new double[2];
        for (int step = 0; step < 3; step++) {
            double[] sums = new double[8];
            for (int j = 0; j < 8; j++) {
                sums[j] = value(bias[0][j], 1.5);
                for (int i = 0; i < 3; i++) {
                    sums[j] += value(wx[i][j], 2) * x[3 * step + i];
                }
                for (int i = 0; i < 2; i++) {
                    sums[j] += value(wh[i][j], 0.8) * h[i];
                }
            }
            for (int i = 0; i < 2; i++) {
                c[i] = c[i] * sigmoid(sums[4 + i] + 1) + sigmoid(sums[i]) * Math.tanh(sums[2 + i]);
                h[i] = Math.tanh(c[i]) * sigmoid(sums[6 + i]);
            }
            for (int o = 0; o < 3; o++) {
                double expected =
                        value(outBias[0][o], 2.5) + value(out[0][o], 1.5) * h[0] + value(out[1][o], 1.5) * h[1];
                assertThat((double) y[3 * step + o]).isEqualTo(expected, within(1e-5));
            }
        }
        Files.writeString(file, "[[\"!\"],\"AA==\",[\"AA==\"],[\"AA==\"],\"AA==\"]");
        assertThatThrownBy(() -> HandwritingLstm.read(file, 3)).hasMessageContaining("out_w: not base64");
        Files.writeString(file, "[1]");
        assertThatThrownBy(() -> HandwritingLstm.read(file, 3)).hasMessageContaining("an array of 5 tensors");
    }

    @Test
    void thePublishedHandwritingNetworkIsRead() throws IOException {
        Path file = SharedFiles.require("models/lstm/handwriting_lstm500_b64_weights.json");
        Network network = HandwritingLstm.read(file, 4);
        List<String> shapes = new ArrayList<>();
        network.weights().forEach((key, tensor) -> shapes.add(key.layerName() + " " + tensor.shape()));
        assertThat(shapes).containsExactly("lstm.input_weight 2000x3", "lstm.recurrent_weight 2000x500", "out 121x500");
        assertThat(new ReferenceExecutor(network).run(new float[12])).hasSize(4 * 121);
    }

    private static double value(byte code, double scale) {
        return ((code & 0xFF) - 127) / 127.0 * scale;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static byte[][] bytes(Random random, int rows, int columns) {
        byte[][] bytes = new byte[rows][columns];
        for (byte[] row : bytes) {
            random.nextBytes(row);
        }
        return bytes;
    }

    private static String rows(byte[][] rows) {
        List<String> texts = new ArrayList<>();
        for (byte[] row : rows) {
            texts.add("[" + text(row) + "]");
        }
        return texts.toString();
    }

    private static String text(byte[] row) {
        return "\"" + Base64.getEncoder().encodeToString(row) + "\"";
    }
}
