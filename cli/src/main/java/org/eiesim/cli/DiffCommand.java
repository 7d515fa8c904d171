package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Shape;
import org.eiesim.studies.networks.NetworkDifference;
import org.eiesim.studies.networks.NetworkDifference.TensorDifference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code eie diff}: where two networks differ. */
@Command(
        name = "diff",
        description =
                "Compare two networks, parameter by parameter: exit 0 if they compute the same, 1 if they differ.",
        footer = {
            "",
            "Each is an .onnx or .eie file or a folder of NumPy arrays with network.json. Of every parameter: the"
                    + " largest difference, how many values differ, how many are zero in one network only and, between two"
                    + " .eie files, how many codebook indices differ.",
            "",
            "Example:",
            "  eie diff net.onnx net.eie"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private DimensionOption dimension;

    @Reads
    @Parameters(index = "0", paramLabel = "X", description = "A network.")
    private Path first;

    @Reads
    @Parameters(index = "1", paramLabel = "Y", description = "Another.")
    private Path second;

    /** A network and its shared weights, if it has any. */
    private record Side(Network network, List<CompressedLayer> layers) {}

    @Override
    public Integer call() throws IOException {
        Side left = read(first);
        Side right = read(second);
        NetworkDifference difference =
                NetworkDifference.of(left.network(), left.layers(), right.network(), right.layers());
        print(difference);
        common.writeJson(json(difference));
        return difference.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Side read(Path file) throws IOException {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".eie")) {
            var compressed = EieReader.read(file);
            return new Side(compressed.network(), compressed.layers());
        }
        return new Side(NetworkFile.read(file, dimension), List.of());
    }

    private void print(NetworkDifference difference) {
        PrintWriter out = common.out();
        List<TensorDifference> differing = difference.tensors().stream()
                .filter(tensor -> tensor.differs() || (tensor.codes() != null && tensor.codes() > 0))
                .toList();
        out.println(first + " and " + second + ": "
                + (difference.isEmpty() ? "the same network" : "they differ") + ", "
                + difference.tensors().stream()
                        .filter(TensorDifference::differs)
                        .count() + " of "
                + difference.tensors().size() + " parameters differ");
        difference.structure().forEach(out::println);
        if (!differing.isEmpty()) {
            out.println();
            out.print(new Table<TensorDifference>()
                    .text("parameter", tensor -> tensor.key().toString())
                    .text("shape", tensor -> shapes(tensor))
                    .number("largest", tensor -> largest(tensor))
                    .count("differ", TensorDifference::differing)
                    .count("zeros", TensorDifference::zeros)
                    .number("codes", tensor -> tensor.codes() == null ? "-" : String.valueOf(tensor.codes()))
                    .format(differing));
        }
    }

    private static String shapes(TensorDifference tensor) {
        Shape left = tensor.first();
        return left != null && Objects.equals(left, tensor.second())
                ? left.toString()
                : text(left) + " / " + text(tensor.second());
    }

    private static String text(@Nullable Shape shape) {
        return shape == null ? "none" : shape.toString();
    }

    private static String largest(TensorDifference tensor) {
        return Double.isFinite(tensor.largest()) ? String.format(Locale.ROOT, "%.3g", tensor.largest()) : "-";
    }

    private Map<String, Object> json(NetworkDifference difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("first", first.toString());
        json.put("second", second.toString());
        json.put("equal", difference.isEmpty());
        json.put("structure", difference.structure());
        List<Map<String, Object>> items = new ArrayList<>();
        for (TensorDifference tensor : difference.tensors()) {
            Shape left = tensor.first();
            Shape right = tensor.second();
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", tensor.key().toString());
            item.put("first_shape", left == null ? null : left.toArray());
            item.put("second_shape", right == null ? null : right.toArray());
            item.put("largest", Double.isFinite(tensor.largest()) ? tensor.largest() : null);
            item.put("values", tensor.values());
            item.put("differing", tensor.differing());
            item.put("zeros_differing", tensor.zeros());
            item.put("codes_differing", tensor.codes());
            items.add(item);
        }
        json.put("parameters", items);
        return json;
    }
}
