package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.TensorNode;
import org.junit.jupiter.api.Test;

/** A sentence encoder as published (all-MiniLM-L6-v2), with a short sentence. */
class MiniLmTest {
    /** "[CLS] this is an example sentence [SEP]" and one padding token. */
    private static final float[] TOKENS = {101, 2023, 2003, 2019, 2742, 6251, 102, 0};

    private static final float[] MASK = {1, 1, 1, 1, 1, 1, 1, 0};

    @Test
    void embeddingsAgreeWithOnnxRuntime() throws IOException {
        byte[] model;
        try (InputStream in = MiniLmTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            model = Objects.requireNonNull(in).readAllBytes();
        }
        long[] extents = {1, TOKENS.length};
        List<float[]> expected = OnnxRuntime.run(
                model,
                Map.of(
                        "input_ids", new OnnxRuntime.Feed(extents, TOKENS, true),
                        "attention_mask", new OnnxRuntime.Feed(extents, MASK, true),
                        "token_type_ids", new OnnxRuntime.Feed(extents, new float[TOKENS.length], true)));

        Network network = OnnxReader.read(new ByteArrayInputStream(model), "minilm", Map.of("batch", TOKENS.length));
        Map<String, float[]> values = new ReferenceExecutor(network)
                .runAll(Map.of(
                        "input_ids", TOKENS, "attention_mask", MASK, "token_type_ids", new float[TOKENS.length]));

        for (int i = 0; i < expected.size(); i++) {
            float[] actual = Objects.requireNonNull(values.get(network.outputs().get(i)));
            OperatorAgreementTest.assertClose(actual, expected.get(i), 1e-4, "output " + i);
        }
        assertThat(network.nodes().stream().filter(node -> node instanceof TensorNode.MatrixProduct))
                .hasSize(12);
        assertThat(network.nodes().stream().filter(node -> node instanceof NormalizationNode.Layer))
                .hasSize(13);
        assertThat(network.nodes().stream()
                        .filter(node -> node instanceof Node.Activation activation
                                && activation.function() == ActivationFunction.GELU))
                .hasSize(6);
        assertThat(network.weights().values().stream()
                        .map(tensor -> tensor.shape().toString())
                        .filter(shape -> shape.equals("384x384")))
                .hasSize(25);
    }
}
