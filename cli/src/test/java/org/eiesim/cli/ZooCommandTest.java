package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.models.zoo.PublishedNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooCommandTest {
    @TempDir
    Path folder;

    @Test
    void theListHasEveryNetwork() {
        String text = CliRun.ok("zoo", "list").out();
        JsonNode networks = CliRun.ok("zoo", "list", "--json", "-").json().get("networks");
        assertThat(networks.findValuesAsText("name")).isEqualTo(PublishedNetworks.names());
        PublishedNetworks.names().forEach(name -> assertThat(text).contains("\n" + name + " "));
        assertThat(text).containsPattern("vgg-16 +Deep Compression Table 5");
    }

    /** Table 3 of Deep Compression keeps 66, 12, 8 and 19 % of LeNet-5's weights. */
    @Test
    void lenet5IsWrittenAtThePublishedDensitiesAndRuns() throws IOException {
        Path file = folder.resolve("lenet5.eie");
        JsonNode layers = CliRun.ok("zoo", "create", "lenet-5", "-o", file, "--json", "-")
                .json()
                .get("layers");
        double[] densities = {0.66, 0.12, 0.08, 0.19};
        assertThat(layers).hasSize(densities.length);
        for (int i = 0; i < densities.length; i++) {
            double weights = layers.get(i).get("weights").doubleValue();
            double spread = Math.sqrt(densities[i] * (1 - densities[i]) / weights);
            assertThat(layers.get(i).get("nonzeros").doubleValue() / weights)
                    .isEqualTo(densities[i], within(4 * spread));
            assertThat(layers.get(i).get("codebook_size").intValue()).isEqualTo(16);
        }
        assertThat(EieReader.read(file).provenance().source()).isEqualTo("lenet-5-synthetic");
        JsonNode run = CliRun.ok("simulate", file, "--verify", "--json", "-").json();
        assertThat(run.get("network").textValue()).isEqualTo("lenet-5-synthetic");
        for (JsonNode layer : run.get("layers")) {
            assertThat(layer.get("cycles").longValue()).isPositive();
            assertThat(layer.get("energy_nj").doubleValue()).isPositive();
        }
    }

    @Test
    void theSeedAndTheDensityDecideTheBytes() throws IOException {
        Path first = folder.resolve("first.eie");
        Path again = folder.resolve("again.eie");
        Path other = folder.resolve("other.eie");
        CliRun.ok("zoo", "create", "lenet-5", "--seed", 7, "-o", first);
        CliRun.ok("zoo", "create", "lenet-5", "--seed", 7, "--threads", 1, "-o", again);
        CliRun.ok("zoo", "create", "lenet-5", "--seed", 8, "-o", other);
        assertThat(first).hasSameBinaryContentAs(again);
        assertThat(Files.mismatch(first, other)).isNotNegative();
        JsonNode layers = CliRun.ok("zoo", "create", "lenet-5", "--density", 1, "-o", other, "--json", "-")
                .json()
                .get("layers");
        layers.forEach(layer -> assertThat(layer.get("nonzeros").longValue())
                .isEqualTo(layer.get("weights").longValue()));
    }

    @Test
    void mistakesAreOneLineAndWriteNothing() {
        Path file = folder.resolve("net.eie");
        assertThat(CliRun.failure("zoo", "create", "vgg16", "-o", file))
                .contains("vgg16")
                .contains("did you mean vgg-16?");
        assertThat(CliRun.failure("zoo", "create", "lenet-5", "--density", 0, "-o", file))
                .contains("conv1", "(0, 1]", "0.0");
        assertThat(CliRun.usageError("zoo", "create", "lenet-5")).contains("--output");
        assertThat(file).doesNotExist();
    }

    /** LeNet-5 leaves pooling, patches of its convolutions and softmax to the host: the text has what the JSON has. */
    @Test
    void simulateShowsWhatStaysOnTheHost() {
        Path file = folder.resolve("lenet5.eie");
        CliRun.ok("zoo", "create", "lenet-5", "-o", file);
        JsonNode host = CliRun.ok("simulate", file, "--json", "-").json().get("host");
        String text = CliRun.ok("simulate", file).out();
        assertThat(text)
                .contains("on the host, which takes no cycles here:\n")
                .containsPattern("host operation +kind +values +operations +saturations\n");
        long operations = 0;
        for (JsonNode item : host) {
            operations += item.get("operations").longValue();
            assertThat(text)
                    .containsPattern(item.get("name").textValue() + " +"
                            + item.get("kind").textValue() + " +" + item.get("values") + " +" + item.get("operations")
                            + " +0\n");
        }
        assertThat(operations).isPositive();
        assertThat(host.findValuesAsText("kind")).contains("im2col", "maximum_pool", "softmax");
        assertThat(text).containsPattern("total +\\d+ +" + operations + " +0\n");
    }
}
