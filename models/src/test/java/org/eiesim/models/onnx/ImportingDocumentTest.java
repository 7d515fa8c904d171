package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** The lists of operators in docs/importing.md are those of the code. */
class ImportingDocumentTest {
    @Test
    void operatorsAreListed() throws IOException {
        String document = Files.readString(Path.of("../docs/importing.md"));
        SortedSet<String> onConstants = ConstantFolding.names();
        onConstants.removeAll(Operators.names());
        assertThat(document)
                .contains("<!-- operators -->\n" + String.join(", ", Operators.names()) + "\n<!-- end -->")
                .contains("<!-- constants -->\n" + String.join(", ", onConstants) + "\n<!-- end -->")
                .contains("<!-- fused -->\n" + String.join(", ", FusedOperators.names()) + "\n<!-- end -->");
    }
}
