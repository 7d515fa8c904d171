package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;
import static org.eiesim.models.onnx.GraphExport.number;
import static org.eiesim.models.onnx.GraphExport.word;
import static org.eiesim.models.onnx.OperatorAgreementTest.alpha;
import static org.eiesim.models.onnx.OperatorAgreementTest.axis;
import static org.eiesim.models.onnx.OperatorAgreementTest.bytes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.eiesim.models.onnx.OperatorAgreementTest.Composer;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;
import org.junit.jupiter.api.Named;

/** Random models of each operator for {@link OperatorAgreementTest}. */
final class OperatorCases {
    private static final List<String> X = List.of("x");

    private OperatorCases() {}

    static Stream<Named<Composer>> elementwise() {
        List<Named<Composer>> cases = new ArrayList<>();
        for (String operator :
                List.of("Relu", "Sigmoid", "Tanh", "Erf", "Exp", "Neg", "Abs", "Reciprocal", "Identity")) {
            add(cases, operator, model -> {
                model.scaledInput("x", 2, model.image());
                model.node(operator, X);
            });
        }
        for (String operator : List.of("Sqrt", "Log")) {
            add(cases, operator, model -> {
                model.input("x", model.image());
                model.onnx.node("Abs", "abs", X, "a");
                model.node(operator, List.of("a"));
            });
        }
        for (String operator : List.of("LeakyRelu", "Elu")) {
            add(cases, operator, model -> {
                model.input("x", model.image());
                model.node(operator, X, alpha(model.random.nextFloat()));
            });
        }
        add(cases, "HardSigmoid", model -> {
            model.scaledInput("x", 4, 9);
            model.node("HardSigmoid", X, alpha(0.3f), number("beta", 0.4f));
        });
        add(cases, "HardSwish", model -> {
            model.opset(14, 14);
            model.scaledInput("x", 4, 9);
            model.node("HardSwish", X);
        });
        add(cases, "Gelu", model -> {
            model.opset(20, 20);
            model.scaledInput("x", 3, 9);
            model.node("Gelu", X, word("approximate", model.coin() ? "tanh" : "none"));
        });
        add(cases, "Clip", OperatorCases::clip);
        for (String operator : List.of("Add", "Sub", "Mul", "Div", "Max", "Min")) {
            add(cases, operator + " of values", model -> {
                model.input("x", 3, 4, 5);
                model.input("z", model.pick(0, 1) * 2 + 1, 4, model.coin() ? 1 : 5);
                model.node(operator, model.coin() ? List.of("x", "z") : List.of("z", "x"));
            });
            add(cases, operator + " of a constant", model -> {
                model.input("x", 3, 4, 5);
                int[][] extents = {{}, {5}, {4, 1}, {3, 1, 1}, {1, 3, 4, 5}, {1, 1, 1, 1}};
                model.constant("c", extents[model.random.nextInt(extents.length)]);
                model.node(operator, model.coin() ? List.of("x", "c") : List.of("c", "x"));
            });
        }
        add(cases, "Pow", model -> {
            model.input("x", 9);
            model.onnx.floats("two", new float[] {2});
            model.node("Pow", List.of("x", "two"));
        });
        add(cases, "PRelu", model -> {
            model.input("x", 3, 4, 5);
            model.constant("slope", 3, 1, 1);
            model.node("PRelu", List.of("x", "slope"));
        });
        add(cases, "Sum", model -> {
            model.input("x", 3);
            model.input("z", 3);
            model.node("Sum", List.of("x", "z", "x"));
        });
        add(cases, "Softmax", model -> softmax(model, "Softmax"));
        add(cases, "LogSoftmax", model -> softmax(model, "LogSoftmax"));
        add(cases, "Where", model -> {
            model.input("x", 2, 3);
            model.onnx.tensor(bytes("mask", DataType.BOOL_VALUE, new int[] {1, 0, 1}, 3));
            model.constant("c");
            model.node("Where", List.of("mask", "x", "c"));
        });
        return cases.stream();
    }

    private static void clip(Model model) {
        model.scaledInput("x", 3, 4);
        switch (model.random.nextInt(3)) {
            case 0 -> {
                model.opset(9, 10);
                model.node("Clip", X, number("min", 0), number("max", 6));
            }
            case 1 -> {
                model.onnx.floats("low", new float[] {-0.5f});
                model.node("Clip", List.of("x", "low"));
            }
            default -> {
                model.onnx.floats("high", new float[] {0.5f});
                model.node("Clip", List.of("x", "", "high"));
            }
        }
    }

    private static void softmax(Model model, String operator) {
        boolean old = model.coin();
        model.opset(old ? 9 : 13, old ? 12 : 17);
        model.input("x", 3, 4, 5);
        boolean isLog = operator.equals("LogSoftmax");
        model.node(operator, X, axis(old ? (isLog ? 3 : model.pick(1, 3)) : model.pick(1, 3) - (model.coin() ? 4 : 0)));
    }

    static Stream<Named<Composer>> windows() {
        List<Named<Composer>> cases = new ArrayList<>();
        add(cases, "Conv", OperatorCases::conv);
        add(cases, "MaxPool", model -> {
            int[] image = model.image();
            model.input("x", image);
            List<AttributeProto> attributes = new ArrayList<>(Arrays.asList(
                    model.window(new int[] {model.pick(2, 3), model.pick(2, 3)}, false, model.padding())));
            attributes.add(integer("ceil_mode", model.pick(0, 1)));
            model.node("MaxPool", X, attributes.toArray(new AttributeProto[0]));
        });
        add(cases, "AveragePool", model -> {
            model.opset(13, 21);
            model.input("x", model.image());
            List<AttributeProto> attributes = new ArrayList<>(Arrays.asList(
                    model.window(new int[] {model.pick(2, 3), model.pick(2, 3)}, false, "")));
            attributes.add(integer("count_include_pad", model.pick(0, 1)));
            model.node("AveragePool", X, attributes.toArray(new AttributeProto[0]));
        });
        for (String operator : List.of("GlobalAveragePool", "GlobalMaxPool")) {
            add(cases, operator, model -> {
                model.input("x", model.image());
                model.node(operator, X);
            });
        }
        add(cases, "BatchNormalization", model -> {
            int[] image = model.image();
            model.input("x", image);
            for (String name : List.of("scale", "bias", "mean")) {
                model.constant(name, image[0]);
            }
            float[] variance = new float[image[0]];
            for (int i = 0; i < variance.length; i++) {
                variance[i] = 0.1f + model.random.nextFloat();
            }
            model.onnx.floats("variance", variance, image[0]);
            String input = "x";
            if (model.coin()) {
                model.constant("w", image[0], image[0], 1, 1);
                model.onnx.node("Conv", "conv", List.of("x", "w"), "c");
                input = "c";
            }
            model.node(
                    "BatchNormalization",
                    List.of(input, "scale", "bias", "mean", "variance"),
                    number("epsilon", 1e-3f));
        });
        add(cases, "LRN", model -> {
            model.scaledInput("x", 3, 7, 3, 4);
            model.node("LRN", X, integer("size", 2L * model.pick(0, 3) + 1), alpha(0.5f), number("beta", 0.6f));
        });
        add(cases, "Pad", model -> {
            model.input("x", 2, 3, 4);
            model.onnx.int64s("pads", 0, 1, 0, 2, 0, 0, 3, model.pick(0, 2));
            model.onnx.floats("value", new float[] {model.coin() ? 0 : 1.5f});
            model.node("Pad", List.of("x", "pads", "value"));
        });
        add(cases, "QLinearConv", QuantizedCases::convolution);
        add(cases, "ConvInteger", QuantizedCases::convInteger);
        return cases.stream();
    }

    private static void conv(Model model) {
        int[] image = model.image();
        int groups = model.coin() ? image[0] : 1;
        model.input("x", image);
        int outputs = groups * model.pick(1, 3);
        int[] kernel = {model.pick(1, 3), model.pick(1, 3)};
        model.constant("w", outputs, image[0] / groups, kernel[0], kernel[1]);
        // ONNX Runtime does not dilate where it works out the padding itself.
        String padding = model.padding();
        List<AttributeProto> attributes =
                new ArrayList<>(Arrays.asList(model.window(kernel, padding.isEmpty(), padding)));
        attributes.add(integer("group", groups));
        List<String> inputs = new ArrayList<>(List.of("x", "w"));
        if (model.coin()) {
            model.constant("b", outputs);
            inputs.add("b");
        }
        model.node("Conv", inputs, attributes.toArray(new AttributeProto[0]));
    }

    static Stream<Named<Composer>> tensors() {
        List<Named<Composer>> cases = new ArrayList<>();
        add(cases, "Gemm", model -> {
            model.input("x", 5);
            model.constant("w", model.coin() ? new int[] {3, 5} : new int[] {5, 3});
            boolean transposed = model.onnx.graph.getInitializer(0).getDims(0) == 3;
            model.constant("c", model.coin() ? new int[] {3} : new int[] {1, 3});
            model.node(
                    "Gemm",
                    List.of("x", "w", "c"),
                    integer("transB", transposed ? 1 : 0),
                    alpha(0.5f),
                    number("beta", 2));
        });
        add(cases, "Gemm of values", model -> {
            model.input("x", 6);
            model.onnx.int64s("shape", 2, 3);
            model.onnx.node("Reshape", "r", List.of("x", "shape"), "a");
            model.node("Gemm", List.of("a", "a"), integer("transB", 1));
        });
        add(cases, "MatMul", model -> {
            model.input("x", 2, 3, 4);
            int[][] extents = {{4, 5}, {2, 4, 5}, {1, 2, 4, 5}};
            model.constant("w", extents[model.random.nextInt(3)]);
            model.node("MatMul", List.of("x", "w"));
        });
        add(cases, "MatMul of a constant", model -> {
            model.input("x", 2, 3, 4);
            model.constant("w", 5, 3);
            model.node("MatMul", List.of("w", "x"));
        });
        add(cases, "MatMul of values", model -> {
            model.input("x", 2, 3, 4);
            model.input("z", model.coin() ? 2 : 1, 4, 5);
            model.node("MatMul", List.of("x", "z"));
        });
        add(cases, "Concat", model -> {
            int at = model.pick(1, 3);
            int[] second = {2, 3, 4};
            second[at - 1] = model.pick(1, 3);
            model.input("x", 2, 3, 4);
            model.input("z", second);
            model.constant("c", 1, 2, 3, 4);
            model.node("Concat", List.of("x", "z", "c"), axis(model.coin() ? at : at - 4));
        });
        add(cases, "Concat of batches", model -> {
            model.input("x", 4);
            model.constant("c", 2, 4);
            model.node("Concat", List.of("x", "c"), axis(0));
        });
        add(cases, "Split", model -> {
            boolean old = model.coin();
            model.opset(old ? 9 : 13, old ? 12 : 17);
            model.input("x", 6, 4);
            List<String> outputs = List.of("p", "q");
            if (old) {
                model.node("Split", X, outputs, axis(1), integers("split", 4, 2));
            } else {
                model.onnx.int64s("sizes", 1, 5);
                model.node("Split", List.of("x", "sizes"), outputs, axis(1));
            }
            model.node("Concat", List.of("q", "p"), axis(1));
        });
        add(cases, "Split in equal parts", model -> {
            model.opset(18, 21);
            model.input("x", 7, 4);
            model.node("Split", X, List.of("p", "q", "r"), axis(-2), integer("num_outputs", 3));
            model.node("Concat", List.of("r", "p", "q"), axis(1));
        });
        add(cases, "Slice", OperatorCases::slice);
        add(cases, "Transpose", model -> {
            model.input("x", 2, 3, 4);
            List<Long> order = new ArrayList<>(List.of(0L, 1L, 2L, 3L));
            Collections.shuffle(order, model.random);
            model.node(
                    "Transpose",
                    X,
                    integers("perm", order.stream().mapToLong(Long::longValue).toArray()));
        });
        add(cases, "Reshape", model -> {
            model.input("x", 2, 3, 4);
            long[][] shapes = {{1, 6, 4}, {0, 0, -1}, {-1, 8}, {24}, {6, 1, 4}, {1, -1, 1, 2}, {0, 4, 3, 2}};
            model.onnx.int64s("shape", shapes[model.random.nextInt(shapes.length)]);
            model.node("Reshape", List.of("x", "shape"));
        });
        add(cases, "Squeeze and Unsqueeze", model -> {
            model.input("x", 1, 3, 1);
            model.onnx.int64s("ends", model.coin() ? new long[] {1, -1} : new long[] {0, 3});
            model.onnx.node("Squeeze", "s", List.of("x", "ends"), "s");
            model.onnx.node("Relu", "r", List.of("s"), "r");
            model.onnx.int64s("news", model.pick(0, 2), -1);
            model.node("Unsqueeze", List.of("r", "news"));
        });
        add(cases, "Squeeze without axes", model -> {
            model.opset(9, 12);
            model.input("x", 1, 3, 1);
            model.onnx.node("Squeeze", "s", X, "s");
            model.node("Unsqueeze", List.of("s"), integers("axes", 0));
        });
        add(cases, "Flatten", model -> {
            model.input("x", 2, 3, 4);
            model.node("Flatten", X);
        });
        add(cases, "Expand", model -> {
            model.input("x", 3, 1);
            model.onnx.int64s("shape", model.coin() ? new long[] {2, 1, 3, 4} : new long[] {3, 1});
            model.node("Expand", List.of("x", "shape"));
        });
        add(cases, "Gather", model -> {
            model.input("x", 5, 4);
            boolean list = model.coin();
            model.onnx.tensor(bytes(
                    "i",
                    DataType.INT32_VALUE,
                    list ? new int[] {3, 1, 2, -1} : new int[] {2},
                    list ? new long[] {4} : new long[0]));
            model.node("Gather", List.of("x", "i"), axis(model.pick(1, 2)));
        });
        for (String operator : List.of("ReduceMean", "ReduceMax", "ReduceMin", "ReduceSum")) {
            add(cases, operator, model -> reduce(model, operator));
        }
        add(cases, "LayerNormalization", model -> {
            model.opset(17, 21);
            model.input("x", 2, 3, 4);
            boolean two = model.coin();
            int[] run = two ? new int[] {3, 4} : new int[] {4};
            model.constant("scale", run);
            model.constant("bias", run);
            model.node(
                    "LayerNormalization", List.of("x", "scale", "bias"), axis(two ? 2 : -1), number("epsilon", 1e-3f));
        });
        add(cases, "Cast, Dropout", model -> {
            model.input("x", 3);
            model.onnx.node("Cast", "c", X, "c", integer("to", DataType.FLOAT_VALUE));
            model.node("Dropout", List.of("c"));
        });
        add(cases, "folded shapes", OperatorCases::foldedShapes);
        add(cases, "QLinearMatMul", QuantizedCases::matMul);
        add(cases, "MatMulInteger", QuantizedCases::matMulInteger);
        add(cases, "QuantizeLinear", QuantizedCases::quantizeDequantize);
        return cases.stream();
    }

    private static void slice(Model model) {
        boolean old = model.coin();
        model.opset(old ? 9 : 10, old ? 9 : 13);
        model.input("x", 5, 6);
        if (model.opset == 9) {
            model.node(
                    "Slice",
                    X,
                    integers("starts", 1, -4),
                    integers("ends", 4, Integer.MAX_VALUE),
                    integers("axes", 1, 2));
            return;
        }
        model.onnx.int64s("starts", model.pick(0, 3), model.coin() ? -1 : 5);
        model.onnx.int64s("ends", model.coin() ? Long.MAX_VALUE : -1, model.coin() ? Long.MIN_VALUE : -5);
        model.onnx.int64s("axes", 1, -1);
        model.onnx.int64s("steps", model.pick(1, 2), -model.pick(1, 2));
        model.node("Slice", List.of("x", "starts", "ends", "axes", "steps"));
    }

    private static void reduce(Model model, String operator) {
        boolean axesAreInput = operator.equals("ReduceSum") || model.coin();
        model.opset(axesAreInput ? 18 : 13, axesAreInput ? 20 : 13);
        model.input("x", 2, 3, 4);
        AttributeProto keep = integer("keepdims", model.pick(0, 1));
        long[][] choices = {{1}, {-1}, {2, 3}, {0}, {0, 1}, {1, 2, 3}};
        long[] axes = choices[model.random.nextInt(choices.length)];
        if (axesAreInput) {
            model.onnx.int64s("axes", axes);
            model.node(operator, List.of("x", "axes"), keep);
        } else {
            model.node(operator, X, integers("axes", axes), keep);
        }
    }

    /** The usual way of exporters to flatten the last axes: shape, gather, concatenate, reshape. */
    private static void foldedShapes(Model model) {
        model.input("x", 2, 3, 4);
        model.onnx.node("Shape", "shape", X, "shape");
        model.onnx.tensor(
                bytes("one", DataType.INT64_VALUE, new int[0]).clearInt32Data().addInt64Data(1));
        model.onnx.node("Gather", "extent", List.of("shape", "one"), "extent", axis(0));
        model.onnx.int64s("zero", 0);
        model.onnx.node("Unsqueeze", "list", List.of("extent", "zero"), "list");
        model.onnx.int64s("two", 2);
        model.onnx.node("Mul", "doubled", List.of("list", "two"), "doubled");
        model.onnx.node("Sub", "back", List.of("doubled", "list"), "back");
        model.onnx.int64s("rest", -1);
        model.onnx.int64s("batch", 0);
        model.onnx.node("Concat", "target", List.of("batch", "back", "rest"), "target", axis(0));
        model.node("Reshape", List.of("x", "target"));
    }

    static void add(List<Named<Composer>> cases, String name, Composer composer) {
        cases.add(Named.of(name, composer));
    }
}
