package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.onnx.OperatorAgreementTest.Composer;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the spatial operators become computes the same in ONNX Runtime once it is written as ONNX again. */
class SpatialExportTest {
    private static final int SEEDS = 2;

    @TempDir
    Path folder;

    static Stream<Named<Composer>> operators() {
        return SpatialCases.operators();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void agreesAfterExport(Composer composer) throws IOException {
        for (long seed = 100; seed < 100 + SEEDS; seed++) {
            Model model = new Model(seed);
            model.opset(13, 13);
            composer.compose(model);
            Network network = model.onnx.output("y").read();
            Map<String, float[]> inputs = new LinkedHashMap<>();
            model.feeds.forEach((name, feed) -> inputs.put(name, feed.values()));
            Path path = folder.resolve("exported.onnx");
            OnnxWriter.write(network, path);
            Map<String, OnnxRuntime.Feed> feeds = new LinkedHashMap<>();
            for (Network.Input input : network.inputs()) {
                long[] extents = IntStream.concat(
                                IntStream.of(1), IntStream.of(input.shape().toArray()))
                        .asLongStream()
                        .toArray();
                feeds.put(
                        input.name(),
                        new OnnxRuntime.Feed(extents, Objects.requireNonNull(inputs.get(input.name())), false));
            }
            List<float[]> outputs = OnnxRuntime.runAsWritten(Files.readAllBytes(path), feeds);
            float[] expected = Objects.requireNonNull(new ReferenceExecutor(network)
                    .runAll(inputs)
                    .get(network.outputs().get(0)));
            assertThat(outputs).hasSize(1);
            OperatorAgreementTest.assertClose(outputs.get(0), expected, 2e-5, "seed " + seed);
        }
    }
}
