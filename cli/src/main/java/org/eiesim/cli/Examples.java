package org.eiesim.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The examples at the end of every command's help, in one place, so that they make up one story of the same files. */
final class Examples {
    /** The width of every help text, in columns. */
    static final int HELP_WIDTH = 80;

    /** By the command's words after {@code eie}; each begins with what a user types. */
    private static final Map<String, List<String>> BY_COMMAND = Map.ofEntries(
            Map.entry("quickstart", List.of("eie quickstart -o first-run")),
            Map.entry("train", List.of("eie train lenet-300-100 --data fashion-mnist -o net.onnx")),
            Map.entry(
                    "evaluate",
                    List.of(
                            "eie evaluate net.onnx --data fashion-mnist",
                            "eie evaluate net.eie --data fashion-mnist --numeric fixed16")),
            Map.entry(
                    "compress",
                    List.of(
                            "eie compress net.onnx --recipe share-only -o net.eie",
                            "eie compress net.onnx --recipe deep-compression --data DIR -o net.eie")),
            Map.entry("import", List.of("eie import lenet.net --prototxt lenet.prototxt -o lenet.eie")),
            Map.entry("zoo list", List.of("eie zoo list")),
            Map.entry("zoo create", List.of("eie zoo create alexnet -o alexnet.eie")),
            Map.entry("inspect", List.of("eie inspect net.eie")),
            Map.entry("verify", List.of("eie verify net.eie")),
            Map.entry("decode", List.of("eie decode net.eie -o net.onnx", "eie decode net.eie -o weights")),
            Map.entry("export", List.of("eie export net.eie --pes 64 -o dumps")),
            Map.entry("compile", List.of("eie compile net.eie --set pes=128 -o net.eiex")),
            Map.entry("disasm", List.of("eie disasm net.eiex --listing")),
            Map.entry("asm", List.of("eie asm net.asm -o net.eiex")),
            Map.entry(
                    "simulate",
                    List.of(
                            "eie simulate net.eie --data fashion-mnist --numeric fixed16 --json run.json",
                            "eie simulate net.eie --set pes=128 queue_slots=16")),
            Map.entry("config list", List.of("eie config list")),
            Map.entry("config show", List.of("eie config show eie-isca16 --set pes=128")),
            Map.entry("config check", List.of("eie config check mine.yaml")),
            Map.entry("report", List.of("eie report run.json -o report.html", "eie report out/small -o sweep.html")),
            Map.entry("compare", List.of("eie compare before.json after.json -o compare.html")),
            Map.entry("diff", List.of("eie diff net.onnx net.eie")),
            Map.entry("sweep", List.of("eie sweep workloads/small.yaml -o out/small")),
            Map.entry("reproduce", List.of("eie reproduce -o reproduction")));

    private Examples() {}

    /** Makes the help of a command and of those below it 80 columns wide and end with an example. */
    static void addTo(CommandLine commandLine) {
        CommandSpec spec = commandLine.getCommandSpec();
        spec.usageMessage().width(HELP_WIDTH);
        List<String> examples = of(spec);
        if (!examples.isEmpty()) {
            List<String> footer =
                    new ArrayList<>(Arrays.asList(spec.usageMessage().footer()));
            footer.add("");
            footer.add(examples.size() == 1 ? "Example:" : "Examples:");
            examples.forEach(example -> footer.add("  " + example));
            spec.usageMessage().footer(footer.toArray(new String[0]));
        }
        commandLine.getSubcommands().values().forEach(Examples::addTo);
    }

    /** Returns the examples of a command: of a group of commands those of its members. */
    static List<String> of(CommandSpec spec) {
        if (!spec.subcommands().isEmpty()) {
            return spec.parent() == null
                    ? List.of()
                    : spec.subcommands().values().stream()
                            .flatMap(member -> of(member.getCommandSpec()).stream())
                            .toList();
        }
        return BY_COMMAND.getOrDefault(spec.qualifiedName().replaceFirst("^\\S+ ", ""), List.of());
    }
}
