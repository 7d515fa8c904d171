package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String PROTOTXT = """
        name: "tiny"
        input: "data"
        input_dim: 1 input_dim: 8 input_dim: 1 input_dim: 1
        layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" inner_product_param { num_output: 2 } }
        """;

    @TempDir
    Path folder;

    /** One 4-bit layer of two entries: weight 3 at position 2, weight 5 at position 9. */
    private static byte[] file() {
        ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(2);
        for (int i = 0; i < 16; i++) {
            out.putFloat(i);
        }
        out.putFloat(0.5f).putFloat(-0.5f);
        out.put((byte) 0x53).put((byte) 0x62);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void theImportedNetworkHasTheAuthorsCodes() throws IOException {
        Path net = Files.write(folder.resolve("tiny.net"), file());
        Path prototxt = Files.writeString(folder.resolve("tiny.prototxt"), PROTOTXT);
        Path container = folder.resolve("tiny.eie");
        JsonNode json = CliRun.ok("import", net, "--prototxt", prototxt, "-o", container, "--json", "-")
                .json();
        JsonNode layer = json.get("layers").get(0);
        assertThat(layer.get("shape")).hasToString("[2,8]");
        assertThat(layer.get("nonzeros").intValue()).isEqualTo(2);
        assertThat(layer.get("codebook_size").intValue()).isEqualTo(16);
        CliRun.ok("verify", container);
        Path arrays = folder.resolve("arrays");
        CliRun.ok("decode", container, "-o", arrays);
        ByteBuffer weights = ByteBuffer.wrap(Files.readAllBytes(arrays.resolve("fc.weight.npy")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int header = weights.capacity() - 16 * Float.BYTES;
        assertThat(weights.getFloat(header + 2 * Float.BYTES)).isEqualTo(3);
        assertThat(weights.getFloat(header + 9 * Float.BYTES)).isEqualTo(5);
    }

    @Test
    void damageIsOneLine() throws IOException {
        Path cut = Files.write(folder.resolve("cut.net"), Arrays.copyOf(file(), 60));
        Path prototxt = Files.writeString(folder.resolve("tiny.prototxt"), PROTOTXT);
        Path container = folder.resolve("tiny.eie");
        assertThat(CliRun.failure("import", cut, "--prototxt", prototxt, "-o", container))
                .contains("cut.net");
        assertThat(CliRun.failure("import", folder.resolve("no.net"), "--prototxt", prototxt, "-o", container))
                .contains("no.net");
        assertThat(CliRun.usageError("import", cut, "-o", container)).contains("--prototxt");
        assertThat(container).doesNotExist();
    }
}
