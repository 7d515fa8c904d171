package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.container.EieVerifier;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.compiler.program.ProgramReader;
import org.eiesim.models.importers.NumpyFolder;
import org.eiesim.models.onnx.ImportedNode;
import org.eiesim.models.onnx.OnnxReader;
import org.eiesim.studies.files.FileKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code eie verify}: whether a file is whole and right. */
@Command(
        name = "verify",
        description =
                "Check a file through and through: exit 0, or 1 and the section and offset of what is wrong. Of an ONNX"
                        + " file, say what every node becomes.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private DimensionOption dimension;

    @Reads
    @Parameters(
            paramLabel = "FILE",
            description = "An .eie, .eiex or .onnx file, a dump folder, or a folder of NumPy arrays with network.json.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        FileKind kind = FileKind.of(file);
        List<ImportedNode> nodes = List.of();
        String checked = switch (kind) {
            case CONTAINER -> {
                EieVerifier.verify(file);
                yield "checksums, structure, codes and numbers are right, and it is written the one way there is";
            }
            case PROGRAM -> {
                ProgramReader.read(file);
                yield "checksums, tables and instructions are right, and no instruction leaves its memories";
            }
            case DUMP -> {
                DumpReader.read(file);
                yield "every PE's files are there, and their entries stay inside the matrix";
            }
            case ONNX -> {
                nodes = OnnxReader.report(file, dimension.dimensions(), dimension.bindings())
                        .nodes();
                yield "every node has a counterpart here, and shapes and numbers are right";
            }
            case NUMPY -> {
                NumpyFolder.read(file);
                yield "every layer has its arrays, and shapes and numbers are right";
            }
        };
        common.out().println(file + ": " + checked);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("valid", true);
        if (kind == FileKind.ONNX) {
            print(nodes);
            json.put("nodes", nodes.stream().map(VerifyCommand::json).toList());
        }
        common.writeJson(json);
        return ExitCode.DONE;
    }

    private void print(List<ImportedNode> nodes) {
        common.out().println();
        common.out()
                .print(new Table<ImportedNode>()
                        .text("node", ImportedNode::name)
                        .text("operator", ImportedNode::operator)
                        .text("becomes", VerifyCommand::becomes)
                        .format(nodes));
    }

    private static String becomes(ImportedNode node) {
        String names = String.join(", ", node.becomes());
        return names.isEmpty() ? node.outcome().text() : node.outcome().text() + ": " + names;
    }

    private static Map<String, Object> json(ImportedNode node) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", node.name());
        json.put("operator", node.operator());
        json.put("outcome", node.outcome().name().toLowerCase(Locale.ROOT));
        json.put("becomes", node.becomes());
        return json;
    }
}
