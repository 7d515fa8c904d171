package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** Ways to lose a file, over every command that writes: each is refused before any work and changes nothing. */
class OutputSafetyTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    /** Makes one of everything once; every case works on copies. */
    @BeforeAll
    static void makeFiles() throws IOException {
        SmallNetwork.eie(made);
        CliRun.ok("compile", made.resolve("small.eie"), "--set", "pes=4", "-o", made.resolve("small.eiex"), "-q");
        CliRun.ok("disasm", made.resolve("small.eiex"), "-o", made.resolve("small.asm"), "-q");
        CliRun.ok(
                "simulate",
                made.resolve("small.eiex"),
                "-q",
                "--json",
                made.resolve("run.json"),
                "--output",
                made.resolve("out.bin"),
                "--action-counts",
                made.resolve("counts.yaml"),
                "--vcd",
                made.resolve("t.vcd"),
                "--perfetto",
                made.resolve("t.json"));
        CliRun.ok("report", made.resolve("run.json"), "-o", made.resolve("r.html"), "-q");
        Files.writeString(
                made.resolve("recipe.yaml"), "steps:\n  - {method: share-weights, parameters: {epochs: 0}}\n");
        Files.writeString(made.resolve("sweep.yaml"), """
            base: eie-isca16
            parameters: {pes: [2, 4]}
            workloads: [{shape: {inputs: 32, outputs: 16, weight_density: 0.2, live_density: 0.4}}]
            """);
        CliRun.ok("sweep", made.resolve("sweep.yaml"), "-o", made.resolve("swept"), "-q");
        Files.write(made.resolve("picture.png"), PNG);
        Files.writeString(made.resolve("notes.txt"), "do not lose this\n");
        Files.writeString(made.resolve("empty.txt"), "");
        CliRun.ok("export", made.resolve("small.eie"), "--pes", 2, "-o", made.resolve("dumps"), "-q");
        TinyImages.write(made.resolve("data"));
        Files.createDirectory(made.resolve("full"));
        Files.writeString(made.resolve("full/notes.txt"), "nor this\n");
        Files.createDirectory(made.resolve("own"));
        Files.copy(made.resolve("small.onnx"), made.resolve("own/net.onnx"));
        Files.writeString(made.resolve("own/figure6.png"), "mine");
        Files.writeString(made.resolve("own/pareto.csv"), "my,own\n");
    }

    @BeforeEach
    void copyFiles() throws IOException {
        try (Stream<Path> paths = Files.walk(made)) {
            for (Path path : paths.filter(path -> !path.equals(made)).toList()) {
                Files.copy(path, folder.resolve(made.relativize(path).toString()));
            }
        }
        Files.createSymbolicLink(folder.resolve("link.eie"), Path.of("small.eie"));
        Files.createSymbolicLink(folder.resolve("linked"), Path.of("."));
        Files.createLink(folder.resolve("hard.eie"), folder.resolve("small.eie"));
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root, new FileVisitOption[0])) {
            for (Path path : paths.toList()) {
                contents.put(
                        root.relativize(path).toString(),
                        Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                ? HexFormat.of().formatHex(Files.readAllBytes(path))
                                : Files.isSymbolicLink(path) ? "link" : "folder");
            }
        }
        return contents;
    }

    private Object[] arguments(String line) {
        return Stream.of(line.replace("@", folder + "/").split(" +")).toArray();
    }

    /** {@code @} stands for the folder of files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // The input itself, by every other name it can have.
                "compress @small.eie --recipe share-only -o @small.eie",
                "compress @small.eie --recipe share-only -o @link.eie",
                "compress @small.eie --recipe share-only -o @hard.eie",
                "compress @link.eie --recipe share-only -o @small.eie",
                "compress @small.eie --recipe share-only -o @linked/small.eie",
                "compress @small.eie --recipe share-only -o @full/../small.eie",
                "compress @small.onnx --recipe share-only -o @small.onnx",
                "compress @small.onnx --recipe @recipe.yaml -o @recipe.yaml",
                "compress @small.onnx --recipe share-only -o @a.eie --json @small.onnx",
                "compress @small.onnx --recipe share-only --arch @sweep.yaml -o @sweep.yaml",
                "compile @small.eie -o @small.eie",
                "compile @small.eie -o @a.eiex --json @small.eie",
                "compile @small.eie --arch @sweep.yaml -o @sweep.yaml",
                "disasm @small.eiex -o @small.eiex",
                "disasm @small.eiex --json @small.eiex",
                "asm @small.asm -o @small.asm",
                "decode @small.eie -o @small.eie",
                "import @run.json --steps 3 -o @run.json",
                "import @data -o @data",
                "inspect @small.eie --json @small.eie",
                "verify @small.eie --json @link.eie",
                "config check @sweep.yaml --json @sweep.yaml",
                "config show @sweep.yaml --json @sweep.yaml",
                "evaluate @small.onnx --data @data --json @small.onnx",
                "evaluate @small.eie --data @data --json @data/t10k-labels-idx1-ubyte",
                "simulate @small.eiex --output @small.eiex",
                "simulate @small.eie --json @small.eie",
                "simulate @small.eie --input @out.bin --output @out.bin",
                "simulate @small.eie --vcd @small.eie",
                "simulate @small.eie --perfetto @linked/small.eie",
                "simulate @small.eie --action-counts @hard.eie",
                "simulate @dumps/hidden --output @dumps/hidden/act.dat",
                "report @run.json -o @run.json",
                "report @run.json --sweep @swept/sweep.csv -o @swept/sweep.csv",
                "report @run.json -o @b.html --json @run.json",
                "sweep @sweep.yaml -o @sweep.yaml",
                "sweep @swept/summary.json -o @swept",
                "export @small.eie --pes 2 --input @out.bin -o @out.bin",
                "reproduce --eie @small.eie -o @small.eie",
                "quickstart --recipe @recipe.yaml -o @recipe.yaml",
                // Another output of the same command.
                "compress @small.onnx --recipe share-only -o @new.eie --json @new.eie",
                "compress @small.onnx --recipe share-only -o @new.eie --json @linked/new.eie",
                "train mlp-12 --data @data -o @new.onnx --json @full/../new.onnx",
                "compile @small.eie -o @new/x.eiex --json @new/./x.eiex",
                "simulate @small.eie --output @same --json @same",
                "simulate @small.eie --vcd @same --perfetto @same",
                "simulate @small.eie --json @same --action-counts @same",
                "decode @small.eie -o @new --json @new/info.json",
                "decode @small.eie -o @new --json @new",
                "export @small.eie --pes 2 -o @new --json @linked/new/info.json",
                "sweep @sweep.yaml -o @new --json @new/summary.json",
                "quickstart --data @data -o @new --json @new/run.json",
                "reproduce -o @new --json @new/reproduction.json",
                "zoo create lenet-300-100 -o @new.eie --json @new.eie",
                // A file of another kind.
                "compress @small.onnx --recipe share-only -o @picture.png",
                "compress @small.onnx --recipe share-only -o @small.eiex",
                "compress @small.onnx --recipe share-only -o @a.eie --json @notes.txt",
                "train mlp-12 --data @data -o @picture.png",
                "train mlp-12 --data @data -o @small.eie",
                "zoo create alexnet -o @small.onnx",
                "import @data -o @small.onnx",
                "compile @small.eie -o @small.onnx",
                "asm @small.asm -o @small.onnx",
                "disasm @small.eiex -o @notes.txt",
                "disasm @small.eiex -o @run.json",
                "decode @small.eie -o @run.onnx/../picture.png",
                "simulate @small.eie --output @picture.png",
                "simulate @small.eie --output @notes.txt",
                "simulate @small.eie --output @small.onnx",
                "simulate @small.eie --output @data/t10k-images-idx3-ubyte",
                "simulate @small.eie --json @t.json",
                "simulate @small.eie --perfetto @run.json",
                "simulate @small.eie --vcd @notes.txt",
                "simulate @small.eie --action-counts @recipe.yaml",
                "report @run.json -o @notes.txt",
                "report @run.json -o @t.json",
                "inspect @small.eie --json @picture.png",
                "zoo list --json @small.eie",
                "config list --json @counts.yaml",
                // A folder in a file's place and a file in a folder's.
                "decode @small.eie -o @notes.txt",
                "decode @small.eie -o @empty.txt",
                "export @small.eie --pes 2 -o @picture.png",
                "sweep @sweep.yaml -o @notes.txt",
                "reproduce -o @picture.png",
                "quickstart -o @notes.txt",
                "compress @small.onnx --recipe share-only -o @full",
                "compile @small.eie -o @full",
                "train mlp-12 --data @data -o @full",
                "report @run.json -o @full",
                "simulate @small.eie --json @full",
                "simulate @small.eie --output @full",
                // A folder that holds what the command did not write.
                "decode @small.eie -o @full",
                "export @small.eie --pes 2 -o @full",
                "quickstart --data @data -o @own",
                "reproduce -o @own",
                "sweep @sweep.yaml -o @own",
                // A place where nothing can be.
                "compress @small.onnx --recipe share-only -o @notes.txt/net.eie",
                "train mlp-12 --data @data -o @small.onnx/deeper/net.onnx",
                "sweep @sweep.yaml -o @notes.txt/swept",
                "decode @small.eie -o @notes.txt/decoded",
                "simulate @small.eie --json @notes.txt/run.json",
                "quickstart -o @picture.png/q",
            })
    void aWayToLoseAFileIsRefusedBeforeAnyWork(String line) throws IOException {
        Map<String, String> before = contents(folder);
        CliRun run = CliRun.of(arguments(line));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).startsWith("eie ").doesNotContain(".part", "Exception");
        assertThat(run.out()).isEmpty();
        assertThat(contents(folder)).isEqualTo(before);
    }

    /** What an earlier run wrote is replaced without a word, and what is beside it stays. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "compress @small.onnx --recipe share-only -o @hard.eie",
                "compress @small.onnx --recipe share-only -o @link.eie",
                "compress @small.onnx --recipe share-only -o @empty.txt",
                "compile @small.eie -o @small.eiex",
                "disasm @small.eiex -o @small.asm",
                "asm @small.asm -o @small.eiex",
                "decode @small.eie -o @own/net.onnx",
                "decode @small.eie -o @new/deep/arrays",
                "export @small.eie --pes 2 -o @new/deep/dumps",
                "compress @small.onnx --recipe share-only -o @new/deep/net.eie --json @new/other/net.json",
                "simulate @small.eiex --output @out.bin --json @run.json --vcd @t.vcd --perfetto @t.json"
                        + " --action-counts @counts.yaml",
                "simulate @small.eiex --json @swept/run.json",
                "simulate @dumps/hidden --output @out.bin",
                "report @run.json --sweep @swept -o @r.html",
                "sweep @sweep.yaml -o @swept",
                "sweep @sweep.yaml -o @full --json @full/sweep.json",
                "compile @small.eie -o /dev/null --json /dev/null",
            })
    void anEarlierOutputOfTheSameKindIsReplaced(String line) throws IOException {
        Map<String, String> before = contents(folder);
        CliRun run = CliRun.of(arguments(line + " -q"));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Map<String, String> after = contents(folder);
        assertThat(after.keySet()).containsAll(before.keySet());
        assertThat(after.get("link.eie")).isEqualTo("link");
        for (String kept : List.of("notes.txt", "picture.png", "full/notes.txt", "small.eie", "small.onnx")) {
            boolean isWrittenThroughTheLink = kept.equals("small.eie") && line.contains("@link.eie");
            assertThat(isWrittenThroughTheLink || Objects.equals(after.get(kept), before.get(kept)))
                    .as(kept)
                    .isTrue();
        }
    }

    @Test
    void aCommandThatFailsLeavesNoFoldersOfItsOwn() throws IOException {
        Map<String, String> before = contents(folder);
        CliRun.failure(
                "compress", folder.resolve("notes.txt"), "--recipe", "share-only", "-o", folder.resolve("a/b/c.eie"));
        CliRun.failure("asm", folder.resolve("notes.txt"), "-o", folder.resolve("a/c.eiex"));
        assertThat(contents(folder)).isEqualTo(before);
    }

    @Test
    void standardOutputTakesJson() {
        assertThat(CliRun.ok("inspect", folder.resolve("small.eie"), "--json", "-")
                        .out())
                .startsWith("{");
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void everythingASweepWritesIsKnown() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("swept"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(org.eiesim.studies.sweep.SweepStudy.FILE_NAMES);
        }
    }

    /** A new option that names a file must say what it is to the file. */
    @Test
    void everyOptionThatNamesAFileSaysWhetherItReadsOrWrites() {
        CommandLine root =
                new CommandLine(CommandLine.Model.CommandSpec.create().name("eie"));
        Commands.ALL.forEach(root::addSubcommand);
        List<String> silent = new ArrayList<>();
        Stream<CommandLine> commands = root.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.getSubcommands().values().stream()));
        commands.forEach(command -> {
            for (ArgSpec argument : command.getCommandSpec().args()) {
                List<String> labels = List.of("FILE", "DIR", "PATH", "DATA", "RECIPE", "ARCH");
                boolean isFile = argument.type() == Path.class
                        || List.of(argument.auxiliaryTypes()).contains(Path.class)
                        || labels.contains(argument.paramLabel());
                AnnotatedElement element = (AnnotatedElement) argument.userObject();
                if (isFile && !element.isAnnotationPresent(Reads.class) && !element.isAnnotationPresent(Writes.class)) {
                    silent.add(command.getCommandName() + " " + argument.paramLabel());
                }
            }
        });
        assertThat(silent).isEmpty();
    }
}
