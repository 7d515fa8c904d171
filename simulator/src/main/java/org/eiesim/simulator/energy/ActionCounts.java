package org.eiesim.simulator.energy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run's counts in the input format of Accelergy 0.4 (action_counts.yaml), for those who want to price the events by
 * their own tables.
 */
public final class ActionCounts {
    private static final String VERSION = "0.4";
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private ActionCounts() {}

    /**
     * Writes the counts of every action of every component, the component being named {@code eie.} and its name in lower
     * case, such as {@code eie.spmat_read}.
     *
     * @param cost a run's cost
     * @return YAML: {@code action_counts}, {@code version}, {@code local}; ends with a line break
     */
    public static String yaml(Cost cost) {
        Map<Component, List<Map<String, Object>>> byComponent = new LinkedHashMap<>();
        List<Action> actions = cost.model().actions();
        for (int i = 0; i < actions.size(); i++) {
            Map<String, Object> action = new LinkedHashMap<>();
            action.put("name", actions.get(i).name());
            action.put("counts", cost.count(i));
            byComponent
                    .computeIfAbsent(actions.get(i).component(), component -> new ArrayList<>())
                    .add(action);
        }
        List<Map<String, Object>> local = new ArrayList<>();
        byComponent.forEach((component, counts) -> {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", "eie." + component.name().toLowerCase(Locale.ROOT));
            item.put("action_counts", counts);
            local.add(item);
        });
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", VERSION);
        body.put("local", local);
        try {
            return MAPPER.writeValueAsString(Map.of("action_counts", body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
