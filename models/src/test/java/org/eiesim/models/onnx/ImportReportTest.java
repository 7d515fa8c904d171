package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.junit.jupiter.api.Test;

class ImportReportTest {
    private static final Path CASES = Path.of("src/test/resources/org/eiesim/models/onnx/cases");

    @Test
    void saysWhatIsFoldedIntoALayer() throws IOException {
        assertThat(report("f09_matmul_add_bn"))
                .containsExactly(
                        node("p", "MatMul", ImportedNode.Outcome.LAYER, "p"),
                        node("a", "Add", ImportedNode.Outcome.FOLDED, "p"),
                        node("y", "BatchNormalization", ImportedNode.Outcome.FOLDED, "p"));
    }

    @Test
    void saysWhatIsLeftOutAndWhatIsConstant() throws IOException {
        assertThat(report("g07_dead_unsupported"))
                .containsExactly(
                        node("y", "Gemm", ImportedNode.Outcome.LAYER, "y"),
                        node("dead", "ArgMax", ImportedNode.Outcome.UNREAD));
        assertThat(report("d16_dropout_opset9_ratio"))
                .containsExactly(
                        node("t", "Gemm", ImportedNode.Outcome.LAYER, "t"),
                        node("y", "Dropout", ImportedNode.Outcome.HANDED_ON, "t"));
        assertThat(report("c10_reshape_shape_concat_empty"))
                .contains(
                        node("s", "Concat", ImportedNode.Outcome.CONSTANT),
                        node("t", "Reshape", ImportedNode.Outcome.OPERATION, "t"));
    }

    @Test
    void namesEveryNodeOfEveryCaseAndOnlyNodesThatThereAre() throws IOException {
        int read = 0;
        for (Path file : files()) {
            ImportReport report;
            try {
                report = OnnxReader.report(file, Map.of(), Map.of());
            } catch (FormatException e) {
                continue;
            }
            read++;
            Set<String> names = new HashSet<>();
            report.nodes().forEach(node -> names.add(node.name()));
            ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
            for (NodeProto node : model.getGraph().getNodeList()) {
                boolean isCall = !OnnxNode.isDefaultDomain(node.getDomain());
                String name = node.getName().isEmpty() ? String.join("", node.getOutputList()) : node.getName();
                assertThat(isCall || names.stream().anyMatch(name::contains))
                        .as("%s: %s of %s", file, name, names)
                        .isTrue();
            }
            assertThat(values(report.network()))
                    .as(file.toString())
                    .containsAll(report.nodes().stream()
                            .flatMap(node -> node.becomes().stream())
                            .toList());
        }
        assertThat(read).isGreaterThan(250);
    }

    private static List<ImportedNode> report(String name) throws IOException {
        return OnnxReader.report(CASES.resolve(name + ".onnx"), Map.of(), Map.of())
                .nodes();
    }

    private static ImportedNode node(String name, String operator, ImportedNode.Outcome outcome, String... becomes) {
        return new ImportedNode(name, operator, outcome, List.of(becomes));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> values(Network network) {
        List<String> values = new ArrayList<>();
        network.inputs().forEach(input -> values.add(input.name()));
        network.nodes().stream().map(Node::name).forEach(values::add);
        return values;
    }
}
