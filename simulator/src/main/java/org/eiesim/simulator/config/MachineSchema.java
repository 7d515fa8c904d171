package org.eiesim.simulator.config;

import java.util.Map;
import org.eiesim.compiler.parameter.JsonSchema;

/** What a machine's file may say, as JSON Schema. */
public final class MachineSchema {
    private MachineSchema() {}

    /**
     * Describes machines to editors and validators.
     *
     * @return JSON Schema as maps, lists, texts and numbers
     */
    public static Map<String, Object> json() {
        return JsonSchema.document(
                "Machine of eie",
                "One value for every parameter of the machine that is not to have its default; see docs/machine.md.",
                JsonSchema.object(ConfigReader.FILE),
                Map.of());
    }
}
