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
import java.util.List;
import java.util.stream.Stream;
import org.eiesim.models.onnx.OperatorAgreementTest.Composer;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;
import org.junit.jupiter.api.Named;

/** Random models of operators that are made of others, of conversions, and of what operator sets mean differently. */
final class VersionCases {
    private static final List<String> X = List.of("x");

    private VersionCases() {}

    static Stream<Named<Composer>> operators() {
        return Stream.concat(Stream.concat(functions().stream(), positions().stream()), versions().stream());
    }

    private static List<Named<Composer>> functions() {
        List<Named<Composer>> cases = new ArrayList<>();
        OperatorCases.add(cases, "Shrink", model -> {
            model.scaledInput("x", 1, 4, 5);
            model.node("Shrink", X, number("lambd", 0.4f), number("bias", model.coin() ? 0.1f : 0));
        });
        OperatorCases.add(cases, "Selu", model -> {
            model.scaledInput("x", 2, 4, 5);
            if (model.coin()) {
                model.node("Selu", X);
            } else {
                model.node("Selu", X, alpha(1.5f), number("gamma", 0.7f));
            }
        });
        OperatorCases.add(cases, "Celu", model -> {
            model.scaledInput("x", 2, 4, 5);
            model.node("Celu", X, alpha(0.5f + model.random.nextFloat()));
        });
        for (String operator : List.of("Mish", "Swish", "Softplus", "Softsign", "Hardmax", "Round", "Sign", "Floor")) {
            OperatorCases.add(cases, operator + " by itself", model -> {
                // ONNX Runtime 1.23 has no Swish yet: it is left to what defines it, x sigmoid(x).
                model.opset(18, 22);
                model.scaledInput("x", 3, 4, 5);
                if (operator.equals("Swish")) {
                    model.onnx.node("Sigmoid", "s", X, "s");
                    model.node("Mul", List.of("x", "s"));
                } else {
                    model.node(operator, X);
                }
            });
        }
        OperatorCases.add(cases, "Mod", model -> {
            boolean isC = model.coin();
            model.scaledInput("x", 5, 4, 5);
            if (isC) {
                model.onnx.floats("d", new float[] {2.5f, -1.5f, 3, -2, 0.75f}, 5);
                model.node("Mod", List.of("x", "d"), integer("fmod", 1));
            } else {
                model.onnx.node("Cast", "whole", X, "i", integer("to", DataType.INT32_VALUE));
                model.onnx.tensor(bytes("d", DataType.INT32_VALUE, new int[] {3, -2, 5, -7, 1}, 5));
                model.onnx.node("Mod", "mod", List.of("i", "d"), "m");
                model.node("Cast", List.of("m"), integer("to", DataType.FLOAT_VALUE));
            }
        });
        OperatorCases.add(cases, "Cast to integers", model -> {
            int[] types = {DataType.INT32_VALUE, DataType.INT64_VALUE, DataType.INT8_VALUE, DataType.UINT8_VALUE};
            int[] narrow = {DataType.INT16_VALUE, DataType.UINT16_VALUE, DataType.INT8_VALUE, DataType.UINT8_VALUE};
            model.scaledInput("x", model.coin() ? 3 : 300, 4, 5);
            // From real numbers beyond a type ONNX leaves the value open; from integers it keeps the low bits.
            model.onnx.node("Cast", "whole", X, "i", integer("to", types[model.pick(0, 1)]));
            model.onnx.node("Cast", "narrow", List.of("i"), "n", integer("to", narrow[model.pick(0, 3)]));
            model.node("Cast", List.of("n"), integer("to", DataType.FLOAT_VALUE));
        });
        OperatorCases.add(cases, "Cast to truth", model -> {
            model.scaledInput("x", 1, 4, 5);
            model.onnx.node("Relu", "r", X, "r");
            model.onnx.node("Cast", "truth", List.of("r"), "t", integer("to", DataType.BOOL_VALUE));
            model.onnx.node("Not", "not", List.of("t"), "n");
            model.node("Cast", List.of("n"), integer("to", DataType.FLOAT_VALUE));
        });
        OperatorCases.add(cases, "Einsum", model -> {
            String[] equations = {
                "bij,bjk->bik",
                "bij,bkj->bik",
                "bhid,bhjd->bhij",
                "bi,bi->b",
                "bij->bji",
                "bij,jk",
                "bij,bj->bi",
                "bij->bi"
            };
            String equation = equations[model.random.nextInt(equations.length)];
            String[] operands = equation.split("->")[0].split(",");
            List<String> names = new ArrayList<>();
            for (String labels : operands) {
                int[] extents = labels.chars()
                        .map("_b1i2j3k4h5d6"::indexOf)
                        .map(at -> at == 1 ? 1 : at / 2 + 1)
                        .toArray();
                String name = names.isEmpty() ? "x" : "z";
                if (labels.startsWith("b")) {
                    model.feed(name, 1, extents);
                } else {
                    model.constant(name, extents);
                }
                names.add(name);
            }
            model.node("Einsum", names, word("equation", equation));
        });
        OperatorCases.add(cases, "ReduceLogSumExp of infinities", model -> {
            model.input("x", 3, 4);
            float[] mask = new float[12];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = i < 4 || model.coin() ? Float.NEGATIVE_INFINITY : 0;
            }
            model.onnx.floats("mask", mask, 3, 4);
            model.onnx.node("Add", "masked", List.of("x", "mask"), "m");
            model.onnx.node("ReduceLogSumExp", "r", List.of("m"), "r", integers("axes", 2), integer("keepdims", 0));
            model.node("Exp", List.of("r"));
        });
        return cases;
    }

    private static List<Named<Composer>> positions() {
        List<Named<Composer>> cases = new ArrayList<>();
        OperatorCases.add(cases, "OneHot", model -> {
            model.scaledInput("x", 2, 2, 3);
            model.onnx.node("Cast", "whole", X, "i", integer("to", DataType.INT64_VALUE));
            model.onnx.int64s("depth", 4);
            model.onnx.floats("values", new float[] {-0.5f, 2}, 2);
            model.node("OneHot", List.of("i", "depth", "values"), axis(model.pick(1, 3) - (model.coin() ? 4 : 0)));
        });
        OperatorCases.add(cases, "Trilu", model -> {
            model.opset(14, 21);
            model.input("x", 2, 4, 5);
            model.onnx.tensor(bytes("k", DataType.INT64_VALUE, new int[0]).addInt64Data(model.pick(-3, 3)));
            model.node("Trilu", List.of("x", "k"), integer("upper", model.pick(0, 1)));
        });
        OperatorCases.add(cases, "GatherElements", model -> {
            model.input("x", 3, 4);
            int at = model.pick(1, 2);
            long[] extents = {1, at == 1 ? model.pick(1, 5) : 2, at == 2 ? model.pick(1, 5) : 3};
            indices(model, (int) (extents[1] * extents[2]), at + 2, extents);
            model.node("GatherElements", List.of("x", "i"), axis(at));
        });
        OperatorCases.add(cases, "GatherND", model -> {
            model.input("x", 3, 4);
            boolean deep = model.coin();
            indices(model, deep ? 6 : 4, 1, deep ? new long[] {2, 3} : new long[] {2, 1, 2});
            model.node("GatherND", List.of("x", "i"));
        });
        OperatorCases.add(cases, "ScatterElements", model -> {
            model.input("x", 3, 4);
            int at = model.pick(1, 2);
            indices(model, 2, at + 2, at == 1 ? new long[] {1, 2, 1} : new long[] {1, 1, 2});
            model.constant("u", at == 1 ? new int[] {1, 2, 1} : new int[] {1, 1, 2});
            model.node("ScatterElements", List.of("x", "i", "u"), axis(at));
        });
        OperatorCases.add(cases, "ScatterND", model -> {
            model.input("x", 3, 4);
            model.onnx.tensor(bytes("i", DataType.INT64_VALUE, new int[0], 2, 2)
                    .addInt64Data(0)
                    .addInt64Data(model.pick(-3, 2))
                    .addInt64Data(-1)
                    .addInt64Data(model.pick(0, 2)));
            model.input("u", 2, 4);
            model.onnx.int64s("shape", 2, 4);
            model.onnx.node("Reshape", "rows", List.of("u", "shape"), "r");
            model.node("ScatterND", List.of("x", "i", "r"));
        });
        OperatorCases.add(cases, "CumSum", model -> {
            model.input("x", 3, 4);
            model.onnx.tensor(bytes("axis", DataType.INT64_VALUE, new int[0]).addInt64Data(model.coin() ? -1 : 1));
            model.node(
                    "CumSum",
                    List.of("x", "axis"),
                    integer("exclusive", model.pick(0, 1)),
                    integer("reverse", model.pick(0, 1)));
        });
        for (String operator : List.of("ArgMax", "ArgMin")) {
            OperatorCases.add(cases, operator, model -> {
                model.scaledInput("x", 1, 3, 6);
                model.onnx.node("Round", "equal", X, "r");
                model.onnx.node(
                        operator,
                        "position",
                        List.of("r"),
                        "p",
                        axis(model.pick(1, 2)),
                        integer("keepdims", model.pick(0, 1)),
                        integer("select_last_index", model.pick(0, 1)));
                model.node("Cast", List.of("p"), integer("to", DataType.FLOAT_VALUE));
            });
        }
        return cases;
    }

    /** Adds i, indices of an axis, some of them from its end. */
    private static void indices(Model model, int count, int extent, long... extents) {
        var tensor = bytes("i", DataType.INT64_VALUE, new int[0], extents);
        for (int i = 0; i < count; i++) {
            tensor.addInt64Data(model.pick(-extent, extent - 1));
        }
        model.onnx.tensor(tensor);
    }

    private static List<Named<Composer>> versions() {
        List<Named<Composer>> cases = new ArrayList<>();
        OperatorCases.add(cases, "BatchNormalization of all operator sets", model -> {
            model.opset(7, 22);
            model.input("x", 3, 4, 5);
            for (String name : List.of("scale", "bias", "mean")) {
                model.constant(name, 3);
            }
            model.onnx.floats("variance", new float[] {0.5f, 1, 2}, 3);
            List<AttributeProto> attributes = new ArrayList<>(List.of(number("epsilon", 1e-3f)));
            if (model.opset < 9 && model.coin()) {
                attributes.add(integer("spatial", 1));
            }
            model.node(
                    "BatchNormalization",
                    List.of("x", "scale", "bias", "mean", "variance"),
                    attributes.toArray(new AttributeProto[0]));
        });
        OperatorCases.add(cases, "Upsample", model -> {
            model.opset(7, 9);
            model.input("x", 2, 3, 4);
            AttributeProto mode = word("mode", model.coin() ? "nearest" : "linear");
            float[] scales = {1, 1, 2, model.coin() ? 2 : 3};
            if (model.opset == 9) {
                model.onnx.floats("scales", scales, 4);
                model.node("Upsample", List.of("x", "scales"), mode);
            } else {
                model.node("Upsample", X, mode, GraphExport.numbers("scales", scales));
            }
        });
        for (String operator : List.of("Softmax", "LogSoftmax", "Hardmax")) {
            OperatorCases.add(cases, operator + " of all operator sets", model -> {
                model.opset(7, 22);
                model.input("x", 3, 4);
                if (model.opset < 13 && !operator.equals("Softmax")) {
                    model.node(operator, X, axis(2));
                } else if (model.coin()) {
                    model.node(operator, X, axis(2));
                } else if (operator.equals("Softmax") || model.opset >= 13) {
                    model.node(operator, X);
                } else {
                    model.node(operator, X, axis(-1));
                }
            });
        }
        OperatorCases.add(cases, "Clip of all operator sets", model -> {
            model.opset(7, 22);
            model.scaledInput("x", 1, 3, 4);
            if (model.opset < 11) {
                model.node("Clip", X, number("max", 0.5f));
            } else {
                model.onnx.floats("low", new float[] {-0.5f});
                model.onnx.floats("high", new float[] {0.5f});
                model.node("Clip", List.of("x", model.coin() ? "low" : "", "high"));
            }
        });
        OperatorCases.add(cases, "Pad of all operator sets", model -> {
            model.opset(7, 22);
            model.input("x", 3, 4);
            AttributeProto mode =
                    word("mode", List.of("constant", "reflect", "edge").get(model.pick(0, 2)));
            if (model.opset < 11) {
                model.node("Pad", X, integers("pads", 0, 1, 2, 0, 1, 0), mode, number("value", 0.5f));
            } else {
                model.onnx.int64s("pads", 0, 1, 2, 0, 1, 0);
                model.onnx.floats("value", new float[] {0.5f});
                model.node("Pad", List.of("x", "pads", "value"), mode);
            }
        });
        OperatorCases.add(cases, "Gemm of all operator sets", model -> {
            model.opset(7, 22);
            model.input("x", 4);
            model.constant("w", 4, 3);
            int[][] extents = {{3}, {1, 3}, {1}, {}, {1, 1}};
            model.constant("c", extents[model.pick(0, 4)]);
            model.node("Gemm", List.of("x", "w", "c"), alpha(0.5f), number("beta", 1.5f));
        });
        for (String operator : List.of("Add", "Mul", "Sub", "Div", "Max", "Min", "PRelu", "Sum", "Mean")) {
            OperatorCases.add(cases, operator + " of all operator sets", model -> {
                model.opset(8, 22);
                model.input("x", 3, 4);
                model.constant("c", 3, 1);
                model.node(operator, List.of("x", "c"));
            });
        }
        OperatorCases.add(cases, "Dropout of all operator sets", model -> {
            model.opset(7, 22);
            model.input("x", 3, 4);
            if (model.opset < 12) {
                model.node("Dropout", X, number("ratio", 0.3f));
            } else {
                model.onnx.floats("ratio", new float[] {0.3f});
                model.node("Dropout", List.of("x", "ratio"));
            }
        });
        OperatorCases.add(cases, "AveragePool that counts padding", model -> {
            boolean old = model.coin();
            model.opset(old ? 10 : 19, old ? 18 : 22);
            model.input("x", 2, model.pick(6, 9), model.pick(6, 9));
            long before = model.pick(0, 1);
            model.node(
                    "AveragePool",
                    X,
                    integers("kernel_shape", 2, 3),
                    old
                            ? integers("pads", model.pick(0, 1), before, model.pick(0, 1), model.pick(0, 1))
                            : integers("pads", before, before, before, before),
                    integers("strides", model.pick(1, 2), model.pick(1, 3)),
                    integer("count_include_pad", 1),
                    integer("ceil_mode", model.pick(0, 1)));
        });
        OperatorCases.add(cases, "AveragePool with dilation", model -> {
            model.opset(19, 22);
            model.input("x", 2, 9, 8);
            model.node(
                    "AveragePool",
                    X,
                    integers("kernel_shape", 2, 3),
                    integers("dilations", 2, model.pick(1, 2)),
                    integers("strides", model.pick(1, 2), 1),
                    integer("ceil_mode", model.pick(0, 1)));
        });
        OperatorCases.add(cases, "GroupNormalization of operator set 18", model -> {
            boolean old = model.coin();
            model.opset(old ? 18 : 21, old ? 20 : 22);
            model.input("x", 4, 3, 2);
            model.constant("scale", old ? 2 : 4);
            model.constant("bias", old ? 2 : 4);
            model.node("GroupNormalization", List.of("x", "scale", "bias"), integer("num_groups", 2));
        });
        OperatorCases.add(cases, "Resize that keeps the ratio", model -> {
            model.opset(18, 22);
            model.input("x", 2, 4, 6);
            model.onnx.int64s("sizes", model.pick(3, 9), model.pick(3, 9));
            model.node(
                    "Resize",
                    List.of("x", "", "", "sizes"),
                    integers("axes", 2, 3),
                    word("mode", model.coin() ? "nearest" : "linear"),
                    word("keep_aspect_ratio_policy", model.coin() ? "not_larger" : "not_smaller"));
        });
        OperatorCases.add(cases, "RNN of all operator sets", model -> {
            model.opset(7, 22);
            model.feed("x", 1, 4, 1, 3);
            model.constant("w", 1, 8, 3);
            model.constant("r", 1, 8, 2);
            model.constant("b", 1, 16);
            model.node("LSTM", List.of("x", "w", "r", "b"), integer("hidden_size", 2));
        });
        OperatorCases.add(cases, "RMSNormalization of operator set 23", model -> {
            model.opset(23, 23);
            model.input("x", 3, 4);
            boolean two = model.coin();
            model.constant("scale", two ? new int[] {3, 4} : new int[] {4});
            model.node("RMSNormalization", List.of("x", "scale"), axis(two ? 1 : -1), number("epsilon", 1e-3f));
        });
        OperatorCases.add(cases, "Attention of operator set 23", VersionCases::attention);
        return cases;
    }

    private static void attention(Model model) {
        model.opset(23, 23);
        boolean isSplit = model.coin();
        int keys = model.coin() ? 3 : 5;
        List<AttributeProto> attributes = new ArrayList<>();
        if (isSplit) {
            model.feed("x", 1, 1, 2, 3, 4);
            model.feed("k", 1, 1, 2, keys, 4);
            model.feed("v", 1, 1, 2, keys, 4);
        } else {
            model.feed("x", 1, 1, 3, 8);
            model.feed("k", 1, 1, keys, 8);
            model.feed("v", 1, 1, keys, 8);
            attributes.add(integer("q_num_heads", 2));
            attributes.add(integer("kv_num_heads", 2));
        }
        List<String> operands = new ArrayList<>(List.of("x", "k", "v"));
        switch (model.pick(0, 3)) {
            case 0 -> attributes.add(integer("is_causal", 1));
            case 1 -> {
                model.constant("mask", 3, keys);
                operands.add("mask");
            }
            case 2 -> {
                int[] truth = new int[3 * keys];
                for (int i = 0; i < truth.length; i++) {
                    truth[i] = i % keys == 0 || model.coin() ? 1 : 0;
                }
                model.onnx.tensor(bytes("mask", DataType.BOOL_VALUE, truth, 3, keys));
                operands.add("mask");
            }
            default -> attributes.add(number("scale", 0.3f));
        }
        model.node("Attention", operands, attributes.toArray(new AttributeProto[0]));
    }
}
