package org.eiesim.models.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.SharedFiles;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.junit.jupiter.api.Test;

class DeepCompressionNetTest {
    private static final String PROTOTXT = """
        name: "small"  # a comment
        input: "data"
        input_dim: 1 input_dim: 2 input_dim: 4 input_dim: 4
        layer { name: "a/conv" type: "Convolution" bottom: "data" top: "a"
          convolution_param { num_output: 3 kernel_size: 2 pad: 1 } }
        layer { name: "relu" type: "ReLU" bottom: "a" top: "a" }
        layer { name: "pool" type: "Pooling" bottom: "a" top: "p"
          pooling_param { pool: MAX kernel_size: 2 stride: 2 } }
        layer { name: "drop" type: "Dropout" bottom: "p" top: "p" dropout_param { dropout_ratio: 0.5 } }
        layer { name: "fc" type: "InnerProduct" bottom: "p" top: "fc" inner_product_param { num_output: 2 } }
        layer { name: "prob" type: "Softmax" bottom: "fc" top: "prob" }
        """;

    /** Layer, shape, entries, padding entries and non-zero weights of the published file, in its order. */
    private static final String[] SQUEEZENET = {
        "conv1 96x3x7x7 13902 0 13902",
        "fire2.conv1x1_1 16x96x1x1 1528 0 1528",
        "fire2.conv1x1_2 64x16x1x1 1020 0 1020",
        "fire2.conv3x3_2 64x16x3x3 3073 34 3039",
        "fire3.conv1x1_1 16x128x1x1 2038 0 2038",
        "fire3.conv1x1_2 64x16x1x1 1023 0 1023",
        "fire3.conv3x3_2 64x16x3x3 3081 42 3039",
        "fire4.conv1x1_1 32x128x1x1 4085 0 4085",
        "fire4.conv1x1_2 128x32x1x1 4071 0 4071",
        "fire4.conv3x3_2 128x32x3x3 12288 132 12156",
        "fire5.conv1x1_1 32x256x1x1 8160 0 8160",
        "fire5.conv1x1_2 128x32x1x1 4067 0 4067",
        "fire5.conv3x3_2 128x32x3x3 12343 196 12147",
        "fire6.conv1x1_1 48x256x1x1 12161 0 12161",
        "fire6.conv1x1_2 192x48x1x1 4602 0 4602",
        "fire6.conv3x3_2 192x48x3x3 27558 233 27325",
        "fire7.conv1x1_1 48x384x1x1 9205 0 9205",
        "fire7.conv1x1_2 192x48x1x1 9132 3 9129",
        "fire7.conv3x3_2 192x48x3x3 27564 228 27336",
        "fire8.conv1x1_1 64x384x1x1 24388 0 24388",
        "fire8.conv1x1_2 256x64x1x1 8190 3 8187",
        "fire8.conv3x3_2 256x64x3x3 44919 775 44144",
        "fire9.conv1x1_1 64x512x1x1 16371 1 16370",
        "fire9.conv1x1_2 256x64x1x1 16303 0 16303",
        "fire9.conv3x3_2 256x64x3x3 45038 865 44173",
        "conv_final 1000x512x1x1 105973 3650 102323"
    };

    /** An 8-bit layer of 5 entries (odd) and a 4-bit layer of 3 (odd), with a padding entry each. */
    private static byte[] file() {
        ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(5).putInt(3);
        for (int i = 0; i < 256; i++) {
            out.putFloat(i / 8f);
        }
        out.putFloat(1).putFloat(2).putFloat(3);
        out.put(new byte[] {8, 16, 0, (byte) 200, 1});
        out.put(new byte[] {0x30, (byte) 0x0F, 0x01});
        for (int i = 0; i < 16; i++) {
            out.putFloat(-i);
        }
        out.putFloat(0.5f).putFloat(-0.5f);
        out.put(new byte[] {0x0A, 0x07});
        out.put(new byte[] {(byte) 0xF2, 0x05});
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void codesAndPositionsAreThoseOfTheFile() throws FormatException {
        DeepCompressionNet net = DeepCompressionNet.read(file(), PROTOTXT);
        SharedWeightTensor conv = net.layers().get(0);
        assertThat(conv.key().layerName()).isEqualTo("a.conv");
        assertThat(conv.shape()).isEqualTo(Shape.of(3, 2, 2, 2));
        assertThat(conv.numEntries()).isEqualTo(5);
        assertThat(conv.numPadding()).isEqualTo(1);
        byte[] codes = new byte[24];
        codes[0] = 8;
        codes[4] = 16;
        codes[20 + 1] = (byte) 200;
        codes[22 + 1] = 1;
        assertThat(conv.codes()).containsExactly(codes);
        assertThat(conv.decode().values()[21]).isEqualTo(25f);

        SharedWeightTensor dense = net.layers().get(1);
        assertThat(dense.shape()).isEqualTo(Shape.of(2, 27));
        assertThat(dense.codebook()).hasSize(16);
        byte[] fcCodes = new byte[54];
        fcCodes[2] = 10;
        fcCodes[18 + 6] = 7;
        assertThat(dense.codes()).containsExactly(fcCodes);
        assertThat(dense.numPadding()).isEqualTo(1);
    }

    /** Caffe: 4x4 padded to 6x6 gives 5x5, and pooling by 2 rounds up to 3x3. */
    @Test
    void theNetworkFollowsCaffesRules() throws FormatException {
        DeepCompressionNet net = DeepCompressionNet.read(file(), PROTOTXT);
        ReferenceExecutor executor = new ReferenceExecutor(net.network());
        assertThat(executor.shapeOf("a.conv")).isEqualTo(Shape.of(3, 5, 5));
        assertThat(executor.shapeOf("pool")).isEqualTo(Shape.of(3, 3, 3));
        assertThat(net.network().outputs()).containsExactly("prob");
        float[] y = executor.run(new float[32]);
        assertThat(y[0] + y[1]).isEqualTo(1f);
        // Without input every output is its bias; of the dense weights two are not 0: -10 * 1 and -7 * 3.
        double difference = 0.5 - 10 * 1 - 7 * 3 - -0.5;
        assertThat((double) y[0]).isCloseTo(1 / (1 + Math.exp(-difference)), within(1e-6));
    }

    @Test
    void damageIsNamedAndNeverAnythingElse() {
        byte[] whole = file();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> DeepCompressionNet.read(cut, PROTOTXT))
                    .as("length %d", length)
                    .isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> DeepCompressionNet.read(Arrays.copyOf(whole, whole.length + 1), PROTOTXT))
                .hasMessage("end at byte " + whole.length + ": 1 bytes follow the last layer");
        byte[] negative = whole.clone();
        negative[3] = (byte) 0x80;
        assertThatThrownBy(() -> DeepCompressionNet.read(negative, PROTOTXT))
                .hasMessage("header at byte 0: 2147483653 entries for layer a/conv");
        byte[] past = whole.clone();
        past[8 + 1024 + 12 + 5 + 1] = (byte) 0xFF;
        assertThatThrownBy(() -> DeepCompressionNet.read(past, PROTOTXT))
                .hasMessageStartingWith("layer a/conv at byte 1050: entry 3 stands at position")
                .hasMessageEndingWith("of a tensor of 24");
        byte[] zero = whole.clone();
        zero[8 + 3] = 0x3F;
        assertThatThrownBy(() -> DeepCompressionNet.read(zero, PROTOTXT))
                .hasMessage("layer a/conv at byte 8: codebook entry 0 is 0.5, not 0");
    }

    @Test
    void flippedBytesOfFileAndDescriptionGiveOnlyTheDocumentedException() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] net = file();
            byte[] text = PROTOTXT.getBytes(StandardCharsets.UTF_8);
            byte[] hit = random.nextBoolean() ? net : text;
            hit[random.nextInt(hit.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                DeepCompressionNet.read(net, new String(text, StandardCharsets.UTF_8));
            } catch (FormatException expected) {
                assertThat(expected.getMessage()).doesNotContain("\n");
            }
        }
    }

    @Test
    void unsupportedLayersAndDescriptionsAreNamed() {
        assertThatThrownBy(() -> DeepCompressionNet.read(file(), PROTOTXT.replace("Softmax", "Slice")))
                .hasMessage("layer prob: a layer of type Slice is not supported");
        String more = PROTOTXT.replace("\"prob\" type: \"Softmax\"", "\"last\" type: \"InnerProduct\"")
                .replace("top: \"prob\"", "top: \"last\" inner_product_param { num_output: 2 }");
        assertThatThrownBy(() -> DeepCompressionNet.read(file(), more))
                .hasMessage("layer last: its weights are not in the file: only layers named conv, fc or ip are");
        assertThatThrownBy(() -> DeepCompressionNet.read(file(), PROTOTXT + "layer {"))
                .hasMessageContaining("line 12: the message layer does not end");
        assertThatThrownBy(() -> DeepCompressionNet.read(Path.of("/nowhere.net"), Path.of("/nowhere.prototxt")))
                .hasMessage("/nowhere.prototxt: there is no such file");
    }

    /** Source: Deep Compression's released SqueezeNet, the counts of its file. */
    @Test
    void thePublishedSqueezeNetHasItsCounts() throws IOException {
        Path folder = SharedFiles.require("models/squeezenet");
        Path file = folder.resolve("compressed_SqueezeNet.net");
        DeepCompressionNet net = DeepCompressionNet.read(file, folder.resolve("SqueezeNet_deploy.prototxt"));
        assertThat(Files.size(file)).isEqualTo(675_763);
        assertThat(net.layers()).hasSize(26);
        assertThat(net.layers().stream()
                        .mapToInt(SharedWeightTensor::numEntries)
                        .sum())
                .isEqualTo(422_083);
        assertThat(net.layers().stream()
                        .mapToInt(SharedWeightTensor::numPadding)
                        .sum())
                .isEqualTo(6_162);
        assertThat(net.layers().stream().map(DeepCompressionNetTest::row)).containsExactly(SQUEEZENET);
        ReferenceExecutor executor = new ReferenceExecutor(net.network());
        assertThat(executor.shapeOf("conv_final")).isEqualTo(Shape.of(1000, 15, 15));
        assertThat(executor.shapeOf("pool1")).isEqualTo(Shape.of(96, 55, 55));
    }

    private static String row(SharedWeightTensor layer) {
        int nonZeros = 0;
        for (byte code : layer.codes()) {
            nonZeros += code != 0 ? 1 : 0;
        }
        return String.join(
                " ",
                layer.key().layerName(),
                layer.shape().toString(),
                Integer.toString(layer.numEntries()),
                Integer.toString(layer.numPadding()),
                Integer.toString(nonZeros));
    }
}
