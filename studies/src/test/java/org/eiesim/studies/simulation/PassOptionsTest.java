package org.eiesim.studies.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.pass.PassOption;
import org.eiesim.compiler.pass.Stage;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.simulator.config.Concern;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.junit.jupiter.api.Test;

/** What passes let one choose is chosen in a machine's configuration. */
class PassOptionsTest {
    @Test
    void everyOptionOfAPassIsAParameterOfTheSameChoicesAndDefault() {
        LoweringOptions options = MachineConfig.defaults().loweringOptions(null);
        int numOptions = 0;
        for (Stage stage : Lowering.stages()) {
            for (PassOption<?> option : stage.options()) {
                Parameter<?> parameter = Parameters.byKey(option.name());
                assertThat(parameter.reach()).isEqualTo(Concern.LOWERING);
                assertThat(parameter.domain().range()).isEqualTo(option.domain());
                assertThat(parameter.defaultValue()).isEqualTo(option.defaultValue());
                assertThat(options.choices()).containsEntry(option.name(), option.of(options));
                numOptions++;
            }
        }
        assertThat(options.choices()).hasSize(numOptions);
    }
}
