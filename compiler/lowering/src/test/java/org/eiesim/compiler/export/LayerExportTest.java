package org.eiesim.compiler.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.compiler.dump.DumpWriter;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.kernels.sparse.InterleavedCscValidator;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerExportTest {
    private static CompressedLayer layer(long seed, double density, int... extents) {
        Random random = new Random(seed);
        float[] codebook = new float[12];
        for (int code = 1; code < 12; code++) {
            codebook[code] = (float) random.nextGaussian();
        }
        Shape shape = Shape.of(extents);
        byte[] codes = new byte[shape.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(11) : 0);
        }
        return new CompressedLayer(new ParameterKey("fc", ParameterKey.WEIGHT), shape, codebook, codes);
    }

    @Test
    void theMatrixReadBackHoldsTheLayersWeightsAndTheNearestBiases(@TempDir Path folder) throws IOException {
        for (int numPes : new int[] {1, 3, 64}) {
            CompressedLayer layer = layer(numPes, 0.05, 150, 37);
            Random random = new Random(1);
            float[] bias = new float[150];
            for (int row = 0; row < bias.length; row++) {
                bias[row] = random.nextFloat();
            }
            LayerExport export = LayerExport.of(layer, bias, 0, 1, new float[37], numPes);
            Path path = folder.resolve("pes" + numPes);
            DumpWriter.write(path, export.dump());
            Dump dump = DumpReader.read(path, OptionalInt.of(150));
            InterleavedCscValidator.validate(dump.matrix());
            byte[] codes = InterleavedCscDecoder.decode(dump.matrix());
            int columns = dump.matrix().numColumns();
            assertThat(columns).isEqualTo((37 + numPes - 1) / numPes * numPes + 1);
            double largest = 0;
            for (int row = 0; row < 150; row++) {
                for (int column = 0; column < columns - 1; column++) {
                    byte expected = column < 37 ? layer.codes()[row * 37 + column] : 0;
                    assertThat(codes[row * columns + column]).isEqualTo(expected);
                }
                float coded = dump.codebook()[codes[row * columns + columns - 1]];
                float error = Math.abs(coded - bias[row]);
                for (float other : layer.codebook()) {
                    assertThat(error).isLessThanOrEqualTo(Math.abs(other - bias[row]));
                }
                largest = Math.max(largest, error);
            }
            assertThat((double) export.largestBiasError()).isEqualTo(largest);
        }
    }

    @Test
    void aGroupOfAConvolutionIsItsRows() {
        CompressedLayer layer = layer(4, 0.5, 6, 2, 3, 3);
        for (int group = 0; group < 3; group++) {
            Dump dump = LayerExport.of(layer, null, group, 3, new float[18], 2).dump();
            byte[] codes = InterleavedCscDecoder.decode(dump.matrix());
            assertThat(dump.numOutputs()).isEqualTo(2);
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 18; column++) {
                    assertThat(codes[row * 19 + column]).isEqualTo(layer.codes()[(group * 2 + row) * 18 + column]);
                }
                assertThat(codes[row * 19 + 18]).as("no bias").isZero();
            }
        }
    }

    @Test
    void whatADumpCannotHoldIsRefused() {
        CompressedLayer wide = new CompressedLayer(
                new ParameterKey("fc", ParameterKey.WEIGHT), Shape.of(1, 1), new float[17], new byte[1]);
        assertThatThrownBy(() -> LayerExport.of(wide, null, 0, 1, new float[1], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer fc has a codebook of 17 entries, but a dump holds 16: share its weights with fewer");
        CompressedLayer layer = layer(4, 0.5, 6, 4);
        assertThatThrownBy(() -> LayerExport.of(layer, null, 0, 1, new float[5], 1))
                .hasMessage("layer fc takes 4 inputs, not 5");
        assertThatThrownBy(() -> LayerExport.of(layer, new float[5], 0, 1, new float[4], 1))
                .hasMessage("layer fc has 6 outputs, but 5 biases");
        assertThatThrownBy(() -> LayerExport.of(layer, null, 0, 4, new float[4], 1))
                .hasMessage("layer fc of shape 6x4 has no group 0 of 4");
    }
}
