package org.eiesim.simulator.energy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;
import org.junit.jupiter.api.Test;

class ActionCountsTest {
    @Test
    void everyActionIsListedUnderItsComponent() throws IOException {
        EnergyModel model = EnergyModel.of(Presets.load(Presets.EIE_ISCA16));
        EventRecord events = new EventRecord(64);
        events.cycles = 1L << 40;
        events.spmatRowReads[3] = 17;
        Cost cost = model.price(events, TransferCounts.NONE);

        JsonNode counts = new YAMLMapper().readTree(ActionCounts.yaml(cost)).get("action_counts");

        assertThat(counts.get("version").asText()).isEqualTo("0.4");
        int actions = 0;
        for (JsonNode component : counts.get("local")) {
            for (JsonNode action : component.get("action_counts")) {
                String name = component.get("name").asText() + "."
                        + action.get("name").asText();
                long expected = cost.count(actions);
                assertThat(action.get("counts").asLong()).as(name).isEqualTo(expected);
                actions++;
            }
        }
        assertThat(actions).isEqualTo(model.actions().size());
        assertThat(ActionCounts.yaml(cost)).contains("name: eie.spmat_read", "name: read_row", "counts: 17");
    }
}
