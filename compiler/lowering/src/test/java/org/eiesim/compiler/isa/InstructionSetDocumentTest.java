package org.eiesim.compiler.isa;

import java.io.IOException;
import org.eiesim.compiler.GoldenFiles;
import org.junit.jupiter.api.Test;

class InstructionSetDocumentTest {
    @Test
    void thePageIsThatOfTheTable() throws IOException {
        GoldenFiles.check(InstructionSetDocument.markdown(), "docs/instruction-set.md");
    }
}
