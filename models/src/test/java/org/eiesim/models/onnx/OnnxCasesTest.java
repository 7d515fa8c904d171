package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every small file of {@code cases} either yields what ONNX Runtime computes or is refused in one line; which of the
 * two, and the reason, stands in {@code cases.csv}.
 *
 * <p>{@code -Deiesim.cases=p07_*} runs some of them and prints what became of each; {@code -Dregenerate=true} writes
 * the table anew, with the reason {@code unsorted} for what is refused and was not before.
 */
class OnnxCasesTest {
    private static final Path TABLE = Path.of("src/test/resources/org/eiesim/models/onnx/cases.csv");
    private static final Path DOCUMENT = Path.of("../docs/importing.md");
    private static final String HEADER = "file,outcome,reason";

    /** What became of a file: agrees, refused or differs, with the message or the difference. */
    record Outcome(String kind, String message) {}

    @Test
    void agreesWithOnnxRuntimeOrIsRefused() throws IOException, URISyntaxException {
        String wanted = System.getProperty("eiesim.cases", "*");
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (Path path : files(wanted)) {
            outcomes.put(path.getFileName().toString(), outcome(path));
        }
        boolean some = !wanted.equals("*");
        print(outcomes, some);
        if (some) {
            return;
        }
        Map<String, String> table = table(outcomes);
        if (Boolean.getBoolean("regenerate")) {
            List<String> lines = new ArrayList<>(List.of(HEADER));
            table.forEach((file, rest) -> lines.add(file + "," + rest));
            Files.write(TABLE, lines);
        }
        assertThat(surprises(outcomes)).isEmpty();
    }

    @Test
    void whatIsWrittenAgainHasTheSameInputsAndOutputsInOnnxRuntime(@TempDir Path folder) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Path path : files(System.getProperty("eiesim.cases", "*"))) {
            OnnxCase onnx = OnnxCase.of(path);
            Network network;
            List<OnnxCase.Tensor> expected;
            try {
                expected = onnx.runInOnnxRuntime();
                network = onnx.read();
            } catch (FormatException | OrtException e) {
                continue;
            }
            Path written = folder.resolve(path.getFileName());
            try {
                OnnxWriter.write(network, written);
                OnnxCase again = OnnxCase.of(written);
                String difference = onnx.difference(expected, onnx.runInOnnxRuntime(written), 0);
                if (!difference.isEmpty() || !onnx.interfaceOf(network).equals(again.interfaceOf(network))) {
                    wrong.add(path.getFileName() + ": " + difference + " " + onnx.interfaceOf(network) + " became "
                            + again.interfaceOf(network));
                }
            } catch (OrtException | RuntimeException e) {
                wrong.add(path.getFileName() + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + e.getClass());
            }
        }
        wrong.forEach(System.out::println);
        assertThat(wrong).isEmpty();
    }

    /** Returns the files whose outcome is not the table's, those that the table lacks and those that it has in excess. */
    private static List<String> surprises(Map<String, Outcome> outcomes) throws IOException {
        Map<String, String> table = new TreeMap<>();
        for (String line : resource().subList(1, resource().size())) {
            String[] cells = line.split(",", -1);
            table.put(cells[0], cells[1]);
        }
        List<String> surprises = new ArrayList<>();
        outcomes.forEach((file, outcome) -> {
            String expected = table.getOrDefault(file, "absent");
            if (!outcome.kind().equals(expected) || outcome.kind().equals("differs")) {
                surprises.add(file + " was " + expected + ", now " + outcome.kind() + ": " + outcome.message());
            }
        });
        table.keySet().stream()
                .filter(file -> !outcomes.containsKey(file))
                .forEach(file -> surprises.add(file + " is gone"));
        return surprises;
    }

    /** What is refused is refused for one of the reasons that the documentation explains. */
    @Test
    void everyReasonStandsInTheDocumentation() throws IOException {
        Set<String> reasons = new TreeSet<>();
        for (String line : resource()) {
            String[] cells = line.split(",", -1);
            if (cells[1].equals("refused")) {
                reasons.add(cells[2]);
            }
        }
        Matcher row = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|").matcher(Files.readString(DOCUMENT));
        Set<String> explained =
                row.results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(reasons).isEqualTo(explained);
    }

    /** Returns the files whose names match a pattern of the shell, in order of their names. */
    static List<Path> files(String pattern) throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(OnnxCasesTest.class.getResource("cases")).toURI());
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:{" + pattern + "}{,.onnx}");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".onnx") && matcher.matches(file.getFileName()))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    static Outcome outcome(Path path) throws IOException {
        OnnxCase onnx = OnnxCase.of(path);
        List<OnnxCase.Tensor> expected = null;
        String complaint = "";
        try {
            expected = onnx.runInOnnxRuntime();
        } catch (OrtException e) {
            complaint = "ONNX Runtime: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        try {
            Network network = onnx.read();
            return expected == null ? notRun(onnx, network, complaint) : compared(onnx, network, expected);
        } catch (FormatException e) {
            String message = String.valueOf(e.getMessage()).replace(path.getParent() + "/", "");
            return message.lines().count() == 1
                    ? new Outcome("refused", message + (complaint.isEmpty() ? "" : " [" + complaint + "]"))
                    : new Outcome("differs", "refused in several lines: " + message);
        } catch (RuntimeException e) {
            return new Outcome("differs", "internal error " + e + " at " + e.getStackTrace()[0]);
        }
    }

    /** An index out of range shows when a network runs, in both; everything else must show when it is read. */
    private static Outcome notRun(OnnxCase onnx, Network network, String complaint) {
        if (complaint.contains("out of data bounds")) {
            try {
                onnx.runImported(network, 0);
            } catch (IllegalArgumentException e) {
                return new Outcome("refused", "when run: " + e.getMessage() + " [" + complaint + "]");
            }
        }
        return new Outcome("differs", "accepted, but " + complaint);
    }

    /** A batch that is not the first axis shows in the extents alone, so both readings are tried. */
    private static Outcome compared(OnnxCase onnx, Network network, List<OnnxCase.Tensor> expected) {
        String difference = "";
        for (int batchAxis = 1; batchAxis >= 0; batchAxis--) {
            try {
                difference = onnx.difference(expected, onnx.runImported(network, batchAxis), batchAxis);
            } catch (IllegalArgumentException e) {
                difference = "cannot run: " + e.getMessage();
            }
            if (difference.isEmpty()) {
                return new Outcome("agrees", "");
            }
        }
        return new Outcome("differs", difference);
    }

    private static Map<String, String> table(Map<String, Outcome> outcomes) throws IOException {
        Map<String, String> before = new TreeMap<>();
        for (String line : resource()) {
            before.put(line.substring(0, line.indexOf(',')), line.substring(line.indexOf(',') + 1));
        }
        Map<String, String> table = new TreeMap<>();
        outcomes.forEach((file, outcome) -> {
            String old = before.getOrDefault(file, "");
            boolean kept = outcome.kind().equals("refused") && old.startsWith("refused,");
            table.put(file, kept ? old : outcome.kind() + (outcome.kind().equals("refused") ? ",unsorted" : ","));
        });
        return table;
    }

    private static List<String> resource() throws IOException {
        return Files.exists(TABLE) ? Files.readAllLines(TABLE) : List.of(HEADER);
    }

    private static void print(Map<String, Outcome> outcomes, boolean all) {
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.forEach((file, outcome) -> {
            counts.merge(outcome.kind(), 1, Integer::sum);
            if (all || !outcome.kind().equals("agrees")) {
                System.out.println(outcome.kind() + " " + file + " " + outcome.message());
            }
        });
        System.out.println(outcomes.size() + " files: " + counts);
    }
}
