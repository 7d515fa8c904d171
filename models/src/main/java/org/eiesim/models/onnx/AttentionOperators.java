package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** Attention in one operator: {@code softmax(Q K^T * scale + mask) V} per head, without a past. */
final class AttentionOperators {
    /** From this version on, Split reads the sizes of its parts, and names their number where these are equal. */
    private static final int SPLIT_INPUT_OPSET = 13;

    private static final int NUM_OUTPUTS_OPSET = 18;

    /** What is added to the scores of keys that may not be seen; its exponential is 0. */
    private static final float UNSEEN = -10000;

    private final OnnxNode node;
    private final PlainNodes plain;
    private final GraphImport graph;

    private AttentionOperators(OnnxNode node, GraphImport graph) {
        this.node = node;
        this.graph = graph;
        plain = new PlainNodes(node, graph);
    }

    /** Imports com.microsoft's Attention: one product gives queries, keys and values. */
    static void attention(OnnxNode node, GraphImport graph) throws FormatException {
        new AttentionOperators(node, graph).fused();
    }

    /** Imports com.microsoft's MultiHeadAttention of three separate values. */
    static void multiHead(OnnxNode node, GraphImport graph) throws FormatException {
        new AttentionOperators(node, graph).multiHead();
    }

    /** Imports ONNX's Attention. */
    static void plainAttention(OnnxNode node, GraphImport graph) throws FormatException {
        new AttentionOperators(node, graph).ofOnnx();
    }

    private void fused() throws FormatException {
        node.requireInputs(2, 7);
        refuse(4, "past");
        refuse(6, "past_sequence_length");
        requireZero("do_rotary", "past_present_share_buffer");
        node.ignore("rotary_embedding_dim");
        String product = plain.add("MatMul", List.of(node.inputName(0), node.inputName(1)));
        if (node.hasInput(2)) {
            product = plain.add("Add", List.of(product, node.inputName(2)));
        }
        List<Long> sizes = node.integers("qkv_hidden_sizes");
        int[] weight = PlainNodes.extents(node, 1);
        long width = sizes == null ? weight[weight.length - 1] / 3 : sizes.get(0);
        List<String> parts = split(product, sizes);
        String mask = null;
        if (node.hasInput(3)) {
            mask = padding(3);
        }
        if (node.hasInput(5)) {
            mask = sum(mask, node.inputName(5));
        }
        int numSteps = PlainNodes.extents(node, 0)[1];
        if (node.integer("unidirectional", 0) != 0) {
            mask = sum(mask, causal(numSteps, numSteps));
        }
        finish(parts, heads(), width, mask);
    }

    private long heads() throws FormatException {
        long heads = node.integer("num_heads", 0);
        if (heads < 1) {
            throw node.unsupported("num_heads", heads);
        }
        return heads;
    }

    private void multiHead() throws FormatException {
        node.requireInputs(1, 10);
        for (int i = 6; i < 10; i++) {
            refuse(i, "past");
        }
        if (!node.hasInput(1) || !node.hasInput(2)) {
            throw node.error("keys and values packed with the queries are not supported");
        }
        List<String> parts = new ArrayList<>(List.of(node.inputName(0), node.inputName(1), node.inputName(2)));
        int[] query = PlainNodes.extents(node, 0);
        int[] key = PlainNodes.extents(node, 1);
        if (query.length != 3 || key.length != 3) {
            throw node.error("only queries and keys of 3 axes are supported");
        }
        if (node.hasInput(3)) {
            int[] value = PlainNodes.extents(node, 2);
            List<String> biases = splitBias(node.inputName(3), query[2], key[2], value[2]);
            for (int i = 0; i < 3; i++) {
                parts.set(i, plain.add("Add", List.of(parts.get(i), biases.get(i))));
            }
        }
        String mask = node.hasInput(4) ? padding(4) : null;
        if (node.hasInput(5)) {
            mask = sum(mask, node.inputName(5));
        }
        if (node.integer("unidirectional", 0) != 0) {
            mask = sum(mask, causal(query[1], key[1]));
        }
        finish(parts, heads(), query[2], mask);
    }

    private void ofOnnx() throws FormatException {
        node.requireInputs(3, 6);
        refuse(4, "past_key");
        refuse(5, "past_value");
        for (int output = 1; output < node.numOutputs(); output++) {
            if (node.isRead(output)) {
                throw node.error("its output " + LayerNames.shorten(node.output(output)) + " is not supported");
            }
        }
        node.ignore("softmax_precision", "qk_matmul_output_mode");
        if (node.number("softcap", 0) != 0) {
            throw node.unsupported("softcap", node.number("softcap", 0));
        }
        int[] query = PlainNodes.extents(node, 0);
        int[] key = PlainNodes.extents(node, 1);
        boolean isSplit = query.length == 4;
        long heads = isSplit ? query[1] : node.integer("q_num_heads", 0);
        long keyHeads = isSplit ? key[1] : node.integer("kv_num_heads", 0);
        node.ignore("q_num_heads", "kv_num_heads");
        if (heads < 1 || heads != keyHeads) {
            throw node.error(heads + " heads of queries and " + keyHeads + " of keys are not supported");
        }
        int stepAxis = isSplit ? 2 : 1;
        String mask = null;
        if (node.hasInput(3)) {
            mask = additive(3);
        }
        if (node.integer("is_causal", 0) != 0) {
            mask = sum(mask, causal(query[stepAxis], key[stepAxis]));
        }
        List<String> parts = List.of(node.inputName(0), node.inputName(1), node.inputName(2));
        if (isSplit) {
            String turned = plain.add("Transpose", List.of(parts.get(1)), integers("perm", 0, 1, 3, 2));
            plain.end("MatMul", List.of(weights(parts.get(0), turned, query[3], mask), parts.get(2)));
        } else {
            finish(parts, heads, query[2], mask);
        }
    }

    /** A mask is added to the scores; one of truth values says which keys are seen. */
    private String additive(int input) throws FormatException {
        String name = node.inputName(input);
        boolean isTruth = node.operand(input) instanceof ConstantTensor constant && constant.type() == DataType.BOOL;
        return isTruth ? unseen(name) : name;
    }

    private void refuse(int input, String name) throws FormatException {
        if (node.hasInput(input)) {
            throw node.error("input " + name + " is not supported");
        }
    }

    private void requireZero(String... attributes) throws FormatException {
        for (String attribute : attributes) {
            long value = node.integer(attribute, 0);
            if (value != 0) {
                throw node.unsupported(attribute, value);
            }
        }
    }

    private String sum(@Nullable String left, String right) throws FormatException {
        return left == null ? right : plain.add("Add", List.of(left, right));
    }

    /** A mask {@code [batch, keys]} of ones, and zeros where a key is padding. */
    private String padding(int input) throws FormatException {
        if (PlainNodes.extents(node, input).length != 2) {
            throw node.error("only a mask of batch x keys is supported");
        }
        String rows = plain.add("Reshape", List.of(node.inputName(input), plain.list(0, 1, 1, -1)));
        return unseen(rows);
    }

    private String unseen(String seen) throws FormatException {
        String real = plain.add("Cast", List.of(seen), integer("to", DataType.FLOAT_VALUE));
        String hidden = plain.add("Sub", List.of(plain.number(1), real));
        return plain.add("Mul", List.of(hidden, plain.number(node.number("mask_filter_value", UNSEEN))));
    }

    /** No query sees a later key. */
    private String causal(int numQueries, int numKeys) throws FormatException {
        float[] mask = new float[Math.multiplyExact(numQueries, numKeys)];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % numKeys > i / numKeys ? UNSEEN : 0;
        }
        return plain.constant(
                ConstantTensor.of(node.output() + ".causal", new int[] {1, 1, numQueries, numKeys}, mask));
    }

    private List<String> split(String value, @Nullable List<Long> sizes) throws FormatException {
        if (sizes == null) {
            AttributeProto[] attributes = graph.opset() >= NUM_OUTPUTS_OPSET
                    ? new AttributeProto[] {integer("axis", 2), integer("num_outputs", 3)}
                    : new AttributeProto[] {integer("axis", 2)};
            return plain.add("Split", List.of(value), 3, attributes);
        }
        return split(value, 2, sizes.stream().mapToLong(Long::longValue).toArray());
    }

    private List<String> splitBias(String bias, long... sizes) throws FormatException {
        return split(bias, 0, sizes);
    }

    private List<String> split(String value, int axis, long... sizes) throws FormatException {
        List<String> parts = new ArrayList<>();
        long start = 0;
        for (long size : sizes) {
            long[] indices = new long[Math.toIntExact(size)];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = start + i;
            }
            start += size;
            parts.add(
                    axis == 0
                            ? plain.add("Gather", List.of(value, plain.list(indices)), integer("axis", axis))
                            : slice(value, axis, start - size, start));
        }
        return parts;
    }

    private String slice(String value, int axis, long start, long end) throws FormatException {
        if (graph.opset() >= SPLIT_INPUT_OPSET) {
            return plain.add("Slice", List.of(value, plain.list(start), plain.list(end), plain.list(axis)));
        }
        return plain.add(
                "Slice", List.of(value), integers("starts", start), integers("ends", end), integers("axes", axis));
    }

    private String heads(String value, long heads, long... permutation) throws FormatException {
        String apart = plain.add("Reshape", List.of(value, plain.list(0, 0, heads, -1)));
        return plain.add("Transpose", List.of(apart), integers("perm", permutation));
    }

    private void finish(List<String> parts, long heads, long width, @Nullable String mask) throws FormatException {
        String query = heads(parts.get(0), heads, 0, 2, 1, 3);
        String key = heads(parts.get(1), heads, 0, 2, 3, 1);
        String value = heads(parts.get(2), heads, 0, 2, 1, 3);
        String seen = plain.add("MatMul", List.of(weights(query, key, width / heads, mask), value));
        String together = plain.add("Transpose", List.of(seen), integers("perm", 0, 2, 1, 3));
        plain.end("Reshape", List.of(together, plain.list(0, 0, -1)));
    }

    private String weights(String query, String key, long headWidth, @Nullable String mask) throws FormatException {
        float scale = node.number("scale", 0);
        if (scale == 0) {
            scale = (float) (1 / Math.sqrt((double) headWidth));
        }
        String scores = plain.add("Mul", List.of(plain.add("MatMul", List.of(query, key)), plain.number(scale)));
        String masked = mask == null ? scores : plain.add("Add", List.of(scores, mask));
        return plain.add("Softmax", List.of(masked), integer("axis", 3));
    }
}
