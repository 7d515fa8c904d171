package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;
import static org.eiesim.models.onnx.GraphExport.number;
import static org.eiesim.models.onnx.GraphExport.word;
import static org.eiesim.models.onnx.OperatorCases.add;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eiesim.models.onnx.OperatorAgreementTest.Composer;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;
import org.junit.jupiter.api.Named;

/** Random models of the operators on one, two and three spatial axes for {@link OperatorAgreementTest}. */
final class SpatialCases {
    private static final List<String> X = List.of("x");

    private SpatialCases() {}

    static Stream<Named<Composer>> operators() {
        List<Named<Composer>> cases = new ArrayList<>();
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            add(cases, "Conv of " + rank + " axes", model -> conv(model, axes, false));
            add(cases, "ConvTranspose of " + rank + " axes", model -> convTranspose(model, axes));
            add(cases, "MaxPool of " + rank + " axes", model -> pool(model, "MaxPool", axes));
            add(cases, "AveragePool of " + rank + " axes", model -> pool(model, "AveragePool", axes));
            add(cases, "LpPool of " + rank + " axes", model -> pool(model, "LpPool", axes));
            for (String operator : List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")) {
                add(cases, operator + " of " + rank + " axes", model -> {
                    model.input("x", volume(model, axes));
                    model.node(operator, X);
                });
            }
            add(cases, "InstanceNormalization of " + rank + " axes", model -> {
                int[] volume = volume(model, axes);
                model.scaledInput("x", 3, volume);
                model.constant("scale", volume[0]);
                model.constant("bias", volume[0]);
                model.node("InstanceNormalization", List.of("x", "scale", "bias"), number("epsilon", 1e-3f));
            });
        }
        add(cases, "Conv with computed weights", model -> conv(model, 2, true));
        add(cases, "GroupNormalization", model -> {
            model.opset(21, 21);
            int groups = model.pick(1, 3);
            int channels = groups * model.pick(1, 3);
            model.scaledInput("x", 3, channels, 3, 4);
            model.constant("scale", channels);
            model.constant("bias", channels);
            model.node("GroupNormalization", List.of("x", "scale", "bias"), integer("num_groups", groups));
        });
        add(cases, "MeanVarianceNormalization", model -> {
            model.scaledInput("x", 3, 2, 3, 4);
            model.node("MeanVarianceNormalization", X, integers("axes", model.coin() ? 1 : 2, 3));
        });
        add(cases, "LpNormalization", model -> {
            model.scaledInput("x", 3, 2, 3, 4);
            model.node("LpNormalization", X, integer("axis", model.pick(1, 3)), integer("p", model.pick(1, 2)));
        });
        add(cases, "DepthToSpace", model -> {
            int block = model.pick(1, 3);
            model.input("x", block * block * model.pick(1, 2), 2, 3);
            model.node("DepthToSpace", X, integer("blocksize", block), word("mode", model.coin() ? "DCR" : "CRD"));
        });
        add(cases, "SpaceToDepth", model -> {
            int block = model.pick(1, 3);
            model.input("x", 2, 2 * block, block);
            model.node("SpaceToDepth", X, integer("blocksize", block));
        });
        add(cases, "Pad by itself", SpatialCases::pad);
        add(cases, "Resize to the nearest", model -> resize(model, "nearest"));
        add(cases, "Resize linearly", model -> resize(model, "linear"));
        add(cases, "Resize cubically", model -> resize(model, "cubic"));
        add(cases, "Resize of operator set 10, Upsample", SpatialCases::upsample);
        return cases.stream();
    }

    private static int[] volume(Model model, int axes) {
        return IntStream.concat(
                        IntStream.of(model.pick(1, 4)),
                        IntStream.generate(() -> model.pick(5, 7)).limit(axes))
                .toArray();
    }

    private static long[] numbers(Model model, int count, int low, int high) {
        return IntStream.range(0, count).mapToLong(i -> model.pick(low, high)).toArray();
    }

    private static void conv(Model model, int axes, boolean isComputed) {
        int[] volume = volume(model, axes);
        int groups = model.coin() ? volume[0] : 1;
        int outputs = groups * model.pick(1, 3);
        long[] kernel = numbers(model, axes, 1, 3);
        model.input("x", volume);
        int[] weight = weight(outputs, volume[0] / groups, kernel);
        List<String> inputs = new ArrayList<>(List.of("x", "w"));
        if (isComputed) {
            model.feed("z", 1, 1, 1);
            model.constant("v", weight);
            model.onnx.node("Mul", "computed", List.of("v", "z"), "w");
        } else {
            model.constant("w", weight);
        }
        if (model.coin()) {
            model.constant("b", outputs);
            inputs.add("b");
        }
        List<AttributeProto> attributes = new ArrayList<>(List.of(integer("group", groups)));
        attributes.add(integers("strides", numbers(model, axes, 1, 3)));
        if (model.coin()) {
            attributes.add(integers("kernel_shape", kernel));
        }
        String padding = model.padding();
        if (padding.isEmpty()) {
            attributes.add(integers("pads", numbers(model, 2 * axes, 0, 2)));
            attributes.add(integers("dilations", numbers(model, axes, 1, 2)));
        } else {
            attributes.add(word("auto_pad", padding));
        }
        model.node("Conv", inputs, attributes.toArray(new AttributeProto[0]));
    }

    private static int[] weight(int first, int second, long[] kernel) {
        return IntStream.concat(
                        IntStream.of(first, second), Arrays.stream(kernel).mapToInt(Math::toIntExact))
                .toArray();
    }

    private static void convTranspose(Model model, int axes) {
        int[] volume = volume(model, axes);
        int groups = model.coin() ? volume[0] : 1;
        int perGroup = model.pick(1, 3);
        long[] kernel = numbers(model, axes, 1, 4);
        long[] strides = numbers(model, axes, 1, 3);
        model.input("x", volume);
        model.constant("w", weight(volume[0], perGroup, kernel));
        List<String> inputs = new ArrayList<>(List.of("x", "w"));
        if (model.coin()) {
            model.constant("b", groups * perGroup);
            inputs.add("b");
        }
        List<AttributeProto> attributes = new ArrayList<>(
                List.of(integer("group", groups), integers("strides", strides), integers("kernel_shape", kernel)));
        switch (model.pick(0, 3)) {
            case 0 -> attributes.add(word("auto_pad", model.coin() ? "SAME_UPPER" : "SAME_LOWER"));
            case 1 -> {
                long[] shape = new long[axes];
                for (int axis = 0; axis < axes; axis++) {
                    shape[axis] = (volume[axis + 1] - 1) * strides[axis] + kernel[axis] - model.pick(0, 2);
                }
                attributes.add(integers(
                        "output_shape",
                        Arrays.stream(shape).map(e -> Math.max(1, e)).toArray()));
            }
            case 2 -> {
                attributes.add(integers("pads", numbers(model, 2 * axes, 0, 1)));
                attributes.add(integers("dilations", numbers(model, axes, 1, 2)));
            }
            default ->
                attributes.add(integers(
                        "output_padding",
                        Arrays.stream(strides).map(stride -> stride - 1).toArray()));
        }
        model.node("ConvTranspose", inputs, attributes.toArray(new AttributeProto[0]));
    }

    private static void pool(Model model, String operator, int axes) {
        boolean isNorm = operator.equals("LpPool");
        model.opset(isNorm ? 18 : 19, 21);
        model.input("x", volume(model, axes));
        long[] kernel = numbers(model, axes, 2, 3);
        List<AttributeProto> attributes = new ArrayList<>(
                List.of(integers("kernel_shape", kernel), integers("strides", numbers(model, axes, 1, 3))));
        attributes.add(integers("dilations", numbers(model, axes, 1, model.pick(1, 2))));
        attributes.add(integer("ceil_mode", model.pick(0, 1)));
        if (operator.equals("AveragePool")) {
            attributes.add(integer("count_include_pad", model.pick(0, 1)));
        }
        if (model.coin()) {
            // From operator set 19 on ONNX Runtime counts padding with the wrong axis's where they differ.
            long[] pads = numbers(model, 2 * axes, 0, 1);
            if (operator.equals("AveragePool")) {
                Arrays.fill(pads, 1);
            }
            attributes.add(integers("pads", pads));
        }
        if (isNorm) {
            attributes.add(integer("p", model.pick(1, 3)));
        }
        model.node(operator, X, attributes.toArray(new AttributeProto[0]));
    }

    private static void pad(Model model) {
        model.opset(18, 21);
        String mode = List.of("constant", "reflect", "edge", "wrap").get(model.pick(0, 3));
        if (mode.equals("wrap")) {
            model.opset(19, 21);
        }
        model.input("x", 3, 4, 5);
        boolean isWhole = model.coin();
        if (isWhole) {
            model.onnx.int64s("pads", 0, 0, -1, 2, 0, model.pick(0, 1), model.pick(0, 2), -1);
        } else {
            model.onnx.int64s("pads", model.pick(-1, 2), 1, 2, model.pick(-1, 2));
            model.onnx.int64s("axes", -1, 2);
        }
        model.onnx.floats("value", new float[] {1.5f});
        List<String> inputs = List.of("x", "pads", mode.equals("constant") ? "value" : "");
        model.node(
                "Pad",
                isWhole
                        ? inputs
                        : Stream.concat(inputs.stream(), Stream.of("axes")).toList(),
                word("mode", mode));
    }

    private static void resize(Model model, String mode) {
        model.opset(model.coin() ? 13 : 19, 21);
        List<String> coordinates = new ArrayList<>(
                List.of("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_crop_and_resize"));
        if (model.opset >= 19) {
            coordinates.add("half_pixel_symmetric");
        }
        String coordinate = coordinates.get(model.random.nextInt(coordinates.size()));
        int height = model.pick(2, 6);
        int width = model.pick(2, 6);
        model.input("x", 2, height, width);
        List<AttributeProto> attributes =
                new ArrayList<>(List.of(word("mode", mode), word("coordinate_transformation_mode", coordinate)));
        if (mode.equals("nearest")) {
            attributes.add(word(
                    "nearest_mode",
                    List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")
                            .get(model.pick(0, 3))));
        }
        if (mode.equals("cubic")) {
            attributes.add(number("cubic_coeff_a", model.coin() ? -0.5f : -0.75f));
            attributes.add(integer("exclude_outside", coordinate.equals("tf_crop_and_resize") ? 0 : model.pick(0, 1)));
        } else if (model.opset >= 18 && mode.equals("linear") && !coordinate.equals("tf_crop_and_resize")) {
            attributes.add(integer("antialias", model.pick(0, 1)));
        }
        String region = "";
        if (coordinate.equals("tf_crop_and_resize")) {
            attributes.add(number("extrapolation_value", 2.5f));
            model.onnx.floats("roi", new float[] {0, 0, -0.2f, 0.25f, 1, 1, 0.9f, 1.5f}, 8);
            region = "roi";
        }
        if (model.coin()) {
            model.onnx.int64s("sizes", 1, 2, model.pick(1, 11), model.pick(1, 11));
            model.node("Resize", List.of("x", region, "", "sizes"), attributes.toArray(new AttributeProto[0]));
        } else {
            float[] factors = {0.5f, 0.6f, 1, 1.3f, 2, 3};
            model.onnx.floats("scales", new float[] {1, 1, factors[model.pick(0, 5)], factors[model.pick(0, 5)]}, 4);
            model.node("Resize", List.of("x", region, "scales"), attributes.toArray(new AttributeProto[0]));
        }
    }

    private static void upsample(Model model) {
        model.opset(9, 10);
        model.input("x", 2, 4, 3);
        String mode = model.coin() ? "nearest" : "linear";
        float[] scales = {1, 1, 1.5f, 2};
        if (model.opset < 9) {
            model.node(
                    "Upsample",
                    X,
                    AttributeProto.newBuilder()
                            .setName("scales")
                            .setType(AttributeProto.AttributeType.FLOATS)
                            .addAllFloats(List.of(1f, 1f, 1.5f, 2f))
                            .build(),
                    word("mode", mode));
            return;
        }
        model.onnx.floats("scales", scales, 4);
        model.node(model.opset == 9 ? "Upsample" : "Resize", List.of("x", "scales"), word("mode", mode));
    }
}
