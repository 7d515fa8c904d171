package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eiesim.models.onnx.OnnxModels.attribute;
import static org.eiesim.models.onnx.OnnxModels.withInput;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.junit.jupiter.api.Test;

/** Damaged files give a network that can be run, or a FormatException, and nothing else. */
class OnnxFuzzTest {
    private static final byte[] GOOD = withInput("x", 0, 1, 2, 2)
            .floats("a.weight", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4)
            .floats("a.bias", new float[] {1, 2}, 2)
            .floats("b.weight", new float[] {1, 2, 3, 4}, 2, 2)
            .floats("b.bias", new float[] {1, 2}, 1, 2)
            .int64s("shape", 0, 2)
            .node("Flatten", "flat", List.of("x"), "f", attribute("axis", 1))
            .node("Gemm", "", List.of("f", "a.weight", "a.bias"), "g", attribute("transB", 1), attribute("alpha", 2f))
            .node("Relu", "relu", List.of("g"), "r")
            .node("Dropout", "drop", List.of("r"), "d")
            .node("MatMul", "b", List.of("d", "b.weight"), "m")
            .node("Add", "bias", List.of("m", "b.bias"), "s")
            .node("Reshape", "again", List.of("s", "shape"), "t")
            .node("Softmax", "prob", List.of("t"), "p", attribute("axis", 1))
            .output("p")
            .build()
            .toByteArray();

    @Test
    void everyTruncationIsFound() throws IOException {
        assertThat(OnnxModels.read(GOOD).nodes()).hasSize(6);
        // The last field is the graph, so that nothing can end on a field's border and still be whole.
        for (int length = 0; length < GOOD.length; length++) {
            byte[] shorter = Arrays.copyOf(GOOD, length);
            assertThatThrownBy(() -> OnnxModels.read(shorter))
                    .as("length %d", length)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void everyFlippedBitIsRefusedOrHarmless() throws IOException {
        for (int bit = 0; bit < 8 * GOOD.length; bit++) {
            byte[] flipped = GOOD.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            readAndRun(flipped, "bit " + bit);
        }
    }

    @Test
    void randomDamageIsRefusedOrHarmless() throws IOException {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = GOOD.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            readAndRun(bytes, "seed " + seed);
        }
    }

    private static void readAndRun(byte[] bytes, String what) throws IOException {
        Network network;
        try {
            network = OnnxModels.read(bytes);
        } catch (FormatException e) {
            assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("\n");
            return;
        }
        if (network.inputs().size() == 1 && network.outputs().size() == 1) {
            int size = network.inputs().get(0).shape().size();
            assertThat(size).as(what).isLessThan(1 << 20);
            assertThat(new ReferenceExecutor(network).run(new float[size]))
                    .as(what)
                    .isNotEmpty();
        }
    }
}
