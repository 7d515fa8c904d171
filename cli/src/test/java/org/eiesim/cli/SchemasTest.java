package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eiesim.compiler.recipe.RecipeSchema;
import org.eiesim.simulator.config.MachineSchema;
import org.eiesim.studies.sweep.SweepSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mvn test -pl cli -am -Dtest=SchemasTest -Dregenerate=true} rewrites the files of schemas/. */
class SchemasTest {
    private static final Path ROOT = Path.of("..");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(ROOT.resolve("schemas").resolve(name + ".schema.json")));
    }

    private static Set<ValidationMessage> mistakes(String name, String yaml) throws IOException {
        JsonNode document = YAML.readTree(yaml);
        return schema(name).validate(document);
    }

    @Test
    void theFilesAreThoseOfTheCode() throws IOException {
        for (Map.Entry<String, Map<String, Object>> schema : Map.of(
                        "recipe", RecipeSchema.json(), "machine", MachineSchema.json(), "sweep", SweepSchema.json())
                .entrySet()) {
            Path file = ROOT.resolve("schemas").resolve(schema.getKey() + ".schema.json");
            String text = org.eiesim.compiler.parameter.JsonSchema.text(schema.getValue());
            if (Boolean.getBoolean("regenerate")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } else {
                assertThat(Files.readString(file))
                        .as("%s; rewrite it with -Dregenerate=true", file)
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void theFilesOfTheRepositoryAreValid() throws IOException {
        Map<String, String> folders = Map.of("recipes", "recipe", "configs", "machine", "workloads", "sweep");
        for (Map.Entry<String, String> folder : folders.entrySet()) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder.getKey()))) {
                List<Path> all =
                        files.filter(file -> file.toString().endsWith(".yaml")).toList();
                assertThat(all).isNotEmpty();
                for (Path file : all) {
                    assertThat(mistakes(folder.getValue(), Files.readString(file)))
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
    }

    /** The schemas themselves follow the dialect they name. */
    @Test
    void theSchemasAreSchemas() throws IOException {
        JsonSchema dialect = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
        for (String name : List.of("recipe", "machine", "sweep")) {
            String text = Files.readString(ROOT.resolve("schemas").resolve(name + ".schema.json"));
            assertThat(dialect.validate(YAML.readTree(text))).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "machine | pes: 4",
                "machine | {base: eie-256-28nm, energy: mine.yaml, clock_mhz: 1e3}",
                "recipe | steps: [{method: magnitude-prune, layers: ['fc*', out], parameters: {density: 0.1}}]",
                "recipe | {seed: 3, steps: [{method: remove-dead-neurons, layers: fc1}]}",
                "sweep | {workloads: Alex-6, parameters: {pes: {from: 1, to: 8, factor: 2}, bias: [column, preload]}}",
                "sweep | {workloads: [{network: a.eie, data: mnist, inputs: 3}], sample: {sobol: 5}}",
            })
    void takesWhatIsRight(String name, String yaml) throws IOException {
        assertThat(mistakes(name, yaml)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "machine | pess: 4",
                "machine | pes: many",
                "machine | pes: 4097",
                "machine | pes: 1.5",
                "machine | pes: [4]",
                "machine | rounding: up",
                "machine | base: eie",
                "recipe | {sed: 1, steps: []}",
                "recipe | seed: 1",
                "recipe | steps: [{method: magnitud-prune}]",
                "recipe | steps: [{method: l1, parameters: {strenght: 1}}]",
                "recipe | steps: [{method: share-weights, parameters: {entries: 300}}]",
                "recipe | steps: [{method: share-weights, parameters: {entries: many}}]",
                "recipe | steps: [{method: share-weights, parameters: {density: 0.5}}]",
                "recipe | steps: [{method: distill, parameters: {temperature: 0}}]",
                "recipe | steps: [{method: magnitude-prune, parameters: {density: 0.5, threshold: 1}}]",
                "recipe | steps: [{method: train, parameters: {optimizer: adm}}]",
                "recipe | steps: [{method: train, layers: []}]",
                "sweep | parameters: {pes: 4}",
                "sweep | {workloads: Alex-6, sampel: grid}",
                "sweep | {workloads: Alex-6, sample: {random: 1, sobol: 1}}",
                "sweep | {workloads: Alex-6, parameters: {pes: [0]}}",
                "sweep | {workloads: Alex-6, parameters: {pes: {from: 1, to: 4, step: 1, factor: 2}}}",
                "sweep | {workloads: Alex-6, parameters: {bias: {from: 1, to: 4, step: 1}}}",
                "sweep | {workloads: {shape: {inputs: 4}}}",
                "sweep | {workloads: {layer: VGG6}}",
                "sweep | {workloads: {network: a.eie}}",
            })
    void refusesWhatIsWrong(String name, String yaml) throws IOException {
        assertThat(mistakes(name, yaml)).isNotEmpty();
    }
}
