package org.eiesim.compiler.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.pass.TestNetworks;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;

class ProgramStatisticsTest {
    @Test
    void everyCountIsThatOfTheMatrix() throws FormatException {
        // One PE, one index bit: column 0 has rows 0 and 4, so three zeros between them and one padding entry.
        byte[] codes = {1, 0, 0, 0, 0, 0, 0, 0, 2, 1};
        Program program = Lowering.compile(
                TestNetworks.single(codes, 5, 2, new float[] {0, 1, 2}, new float[5]),
                new Target(1, 1, 2, 4, 64, 64, Target.BiasMode.PRELOAD));
        ProgramStatistics statistics = ProgramStatistics.of(program);
        assertThat(statistics.denseBytes()).isEqualTo(4 * (10 + 5));
        assertThat(statistics.numInstructions())
                .isEqualTo(program.setup().size() + program.body().size());
        // Column 1 has four zeros before row 4: two padding entries and the weight, which do not fit beside column 0.
        assertThat(statistics.layers())
                .containsExactly(new ProgramStatistics.Layer("fc", List.of(5, 2), 10, 3, 2, 6, 3, 3, 3, 2, 1));
    }
}
