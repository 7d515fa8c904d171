package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.models.network.Node;
import org.junit.jupiter.api.Test;

/**
 * A file of version 1, kept for good: a change of the format that does not raise the version fails here.
 *
 * <p>{@code -Deiesim.golden=write} writes the file anew (to be done only with a new version, under a new name, or
 * before version 1 was ever released).
 */
class EieCompatibilityTest {
    private static final String GOLDEN = "/container/version-1.eie";

    @Test
    void version1IsReadAndStillWrittenTheSame() throws IOException {
        if ("write".equals(System.getProperty("eiesim.golden"))) {
            Files.write(Path.of("src/test/resources" + GOLDEN), EieWriter.toBytes(RandomNetworks.create(4)));
        }
        byte[] bytes;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(GOLDEN))) {
            bytes = in.readAllBytes();
        }
        CompressedNetwork network = EieReader.fromBytes(bytes, 1 << 20);
        EieVerifier.verify(bytes);
        assertThat(network.network().name()).isEqualTo("random 4");
        assertThat(network.network().nodes())
                .hasAtLeastOneElementOfType(Node.Convolution.class)
                .hasAtLeastOneElementOfType(Node.Recurrent.class);
        assertThat(network.layers()).hasSize(3);
        assertThat(network.provenance()).extracting(Provenance::toolVersion).isEqualTo("0.1.0");
    }
}
