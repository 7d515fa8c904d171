package org.eiesim.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.zoo.PublishedNetworks;
import org.eiesim.models.zoo.Zoo;
import org.junit.jupiter.api.Test;

/** Processes that are told of different processors, in a library of their own each, train the same network. */
class ReproducibilityTest {
    @Test
    void theBytesDoNotDependOnTheProcessorsInstructions() throws Exception {
        String first =
                run(List.of(), Map.of("MKL_CBWR", "AVX2", "ATEN_CPU_CAPABILITY", "avx2", "OMP_NUM_THREADS", "2"));
        String second = run(
                List.of("-XX:UseAVX=0"),
                Map.of("MKL_CBWR", "AUTO", "ONEDNN_MAX_CPU_ISA", "SSE41", "ATEN_CPU_CAPABILITY", ""));
        assertThat(first).matches("NO AVX [0-9a-f]+");
        assertThat(second).isEqualTo(first);
    }

    private static String run(List<String> options, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Training.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.strip();
    }

    /** Trains a perceptron and a convolutional network and prints a checksum of all their parameters. */
    static final class Training {
        private Training() {}

        public static void main(String[] arguments) {
            Reproducibility.require();
            CRC32 checksum = new CRC32();
            Dataset data = images();
            List<Network> networks = List.of(
                    Zoo.create("mlp-64-32", data.sampleShape(), data.numClasses(), 1),
                    PublishedNetworks.create("lenet-5", layer -> 1.0, 1));
            for (Network network : networks) {
                TrainingOptions options = TrainingOptions.defaults(1, 3);
                Network trained = Trainer.train(
                                network, data, null, options, List.of(), List.of(), ProgressListener.SILENT)
                        .network();
                for (Tensor tensor : trained.parameters().values()) {
                    for (float value : tensor.values()) {
                        checksum.update(
                                ByteBuffer.allocate(Float.BYTES).putFloat(value).array());
                    }
                }
            }
            System.out.println(Reproducibility.capability() + " " + Long.toHexString(checksum.getValue()));
        }

        private static Dataset images() {
            int count = 70;
            int side = 28;
            byte[] pixels = new byte[count * side * side];
            int[] labels = new int[count];
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) random.nextInt(256);
            }
            for (int i = 0; i < count; i++) {
                labels[i] = random.nextInt(10);
            }
            return new Dataset("noise", Shape.of(1, side, side), pixels, labels, 10);
        }
    }
}
