package org.eiesim.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeEngineTest {
    /** Loads the engine and says how that went, for a process of its own. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            try {
                NativeEngine.get();
                System.out.println("loaded");
            } catch (TrainingException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void withoutTheNativeLibraryTheErrorIsOneLineAndNothingIsFetched(@TempDir Path cache) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("pytorch-native"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath, Probe.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DJL_CACHE_DIR", cache.toString());

        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();

        assertThat(output.lines()).hasSize(1);
        assertThat(output)
                .startsWith("training needs PyTorch's native library")
                .contains("pytorch-native-cpu")
                .contains("DJL_CACHE_DIR");
    }
}
