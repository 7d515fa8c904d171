package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small files that mean harm: each is read at once and without much memory, or refused in one line. */
class OnnxHostileTest {
    /** More than any of these files needs, and far below the gigabytes that some of them ask for. */
    private static final long MOST_BYTES = 300L << 20;

    private static final long MOST_NANOSECONDS = 1_000_000_000L;

    /** Inputs up to here are made, so that what is read can be run beside ONNX Runtime. */
    private static final long MOST_VALUES = 1 << 16;

    static Stream<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(OnnxHostileTest.class.getResource("hostile"))
                .toURI());
        List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(folder)) {
            listed.sorted().forEach(files::add);
        }
        assertThat(files).hasSizeGreaterThan(60);
        return files.stream();
    }

    /** The first file of all also pays for what is loaded once. */
    @BeforeAll
    static void warmUp() throws IOException, URISyntaxException {
        for (Path file : OnnxCasesTest.files("e_lstm_all,p22_einsum,q01b_qdq_coarse")) {
            OnnxReader.read(file, Map.of());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReadAtOnceOrRefusedInOneLine(Path file) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        Network network = null;
        String message = "";
        try {
            network = OnnxReader.read(file, Map.of());
        } catch (FormatException e) {
            message = String.valueOf(e.getMessage());
        }
        long elapsed = System.nanoTime() - start;
        assertThat(elapsed).isLessThan(MOST_NANOSECONDS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MOST_BYTES);
        assertThat(message.lines().count()).isLessThan(2);
        if (network != null
                && network.inputs().stream().allMatch(input -> input.shape().size() <= MOST_VALUES)) {
            OnnxCasesTest.Outcome outcome = OnnxCasesTest.outcome(file);
            boolean isMoreThanOnnxRuntimeReads = outcome.message().startsWith("accepted");
            assertThat(isMoreThanOnnxRuntimeReads || !outcome.kind().equals("differs"))
                    .as(outcome.message())
                    .isTrue();
        }
    }
}
