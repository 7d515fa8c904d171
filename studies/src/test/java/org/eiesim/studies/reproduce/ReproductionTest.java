package org.eiesim.studies.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.studies.workload.EieLayers;
import org.eiesim.studies.workload.LayerShape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {
    private static final Path FC8 = Path.of("..", "..", "shared", "reference", "alexnet-fc8");

    private static List<Artefact> artefacts = List.of();

    @BeforeAll
    static void makeAll() {
        artefacts = Reproduction.run(null, null, 2, done -> {});
    }

    private static Artefact artefact(String id) {
        return artefacts.stream()
                .filter(artefact -> artefact.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static double ratio(Comparison comparison) {
        return Objects.requireNonNull(comparison.ratio());
    }

    @Test
    void timesOfTheSyntheticLayersAreThoseOfTableFour() {
        double sum = 0;
        int count = 0;
        for (Comparison comparison : artefact("table4").comparisons()) {
            boolean isLayer = comparison.quantity().equals("actual us")
                    && EieLayers.TABLE_III.stream()
                            .anyMatch(layer -> layer.name().equals(comparison.item()));
            boolean isExplained = !Set.of("VGG-6", "Alex-8").contains(comparison.item());
            if (isLayer && isExplained) {
                assertThat(ratio(comparison)).as(comparison.item()).isCloseTo(1, within(0.12));
                sum += Math.abs(ratio(comparison) - 1);
                count++;
            }
            if (comparison.item().startsWith("Alex-8 at")) {
                assertThat(ratio(comparison)).as(comparison.item()).isCloseTo(1, within(0.08));
            }
        }
        assertThat(count).isEqualTo(7);
        assertThat(sum / count).isLessThan(0.06);
    }

    @Test
    void theDrawnLayerComesNearTheAuthorsSimulator() {
        for (String figure : List.of("figure8", "figure11", "figure12", "figure13")) {
            assertThat(artefact(figure).comparisons()).isNotEmpty().allSatisfy(comparison -> {
                assertThat(comparison.input()).isEqualTo(Input.SYNTHETIC);
                // Paddings hang on where the zeros are, and real ones stand in clusters.
                if (!comparison.quantity().equals("paddings")) {
                    assertThat(ratio(comparison)).as(comparison.item()).isCloseTo(1, within(0.09));
                }
            });
        }
    }

    @Test
    void theAuthorsDataGivesTheAuthorsNumbers() throws IOException {
        assumeThat(FC8).exists();
        Measurements measurements = Measurements.take(List.of(), 1, DumpReader.read(FC8), 2, done -> {});

        List<Comparison> comparisons = new ArrayList<>();
        for (String figure : List.of("figure8", "figure9", "figure11", "figure12", "figure13")) {
            comparisons.addAll(
                    switch (figure) {
                        case "figure8" -> Figure8.build(measurements).comparisons();
                        case "figure9" ->
                            Figure9.build(measurements).comparisons().subList(0, 6);
                        case "figure11" -> Figure11.build(measurements).comparisons();
                        case "figure12" -> Figure12.build(measurements).comparisons();
                        default -> Figure13.build(measurements).comparisons();
                    });
        }
        assertThat(comparisons).hasSize(12 + 6 + 9 + 18 + 9).allSatisfy(comparison -> {
            assertThat(comparison.input()).isEqualTo(Input.REAL);
            assertThat(comparison.ours()).as("%s", comparison).isEqualTo(comparison.reference());
        });
        assertThat(Table4.actualUs(measurements, measurements.fc8())).isEqualTo(9.9075);
    }

    @Test
    void theResultDependsNeitherOnThreadsNorOnTheRun() {
        List<LayerShape> layers = List.of(new LayerShape("Alex-7", 300, 200, 0.1, 0.4, true));
        String once = MarkdownText.table(
                Figure8.build(Measurements.take(layers, 2, null, 1, done -> {})).comparisons());

        assertThat(MarkdownText.table(Figure8.build(Measurements.take(layers, 2, null, 3, done -> {}))
                        .comparisons()))
                .isEqualTo(once);
    }

    @Test
    void storageByTheFormulaComesNearTheTables() {
        for (Comparison comparison : artefact("storage").comparisons()) {
            if (comparison.quantity().equals("shared %")) {
                assertThat(ratio(comparison)).as(comparison.item()).isCloseTo(1, within(0.15));
            }
        }
    }

    @Test
    void everyTableAndFigureIsThere() {
        assertThat(artefacts.stream().map(Artefact::id))
                .containsExactly(
                        "table2",
                        "table3",
                        "table4",
                        "table5",
                        "figure6",
                        "figure7",
                        "figure8",
                        "figure9",
                        "figure10",
                        "figure11",
                        "figure12",
                        "figure13",
                        "storage");
        assertThat(artefacts).allSatisfy(artefact -> {
            assertThat(artefact.notes()).isNotEmpty();
            assertThat(artefact.comparisons())
                    .isNotEmpty()
                    .allSatisfy(comparison -> assertThat(comparison.ours()).isFinite());
        });
    }

    @Test
    void filesHoldWhatWasMade(@TempDir Path folder) throws IOException {
        ReproductionFiles.write(artefacts, folder);

        String text = Files.readString(folder.resolve(ReproductionFiles.TEXT_FILE));
        JsonNode json = new ObjectMapper()
                .readTree(folder.resolve(ReproductionFiles.JSON_FILE).toFile());
        assertThat(json.get("format").asText()).isEqualTo("eiesim-reproduction");
        assertThat(json.get("artefacts")).hasSize(artefacts.size());
        for (int i = 0; i < artefacts.size(); i++) {
            Artefact artefact = artefacts.get(i);
            assertThat(text).contains("## " + artefact.title());
            assertThat(json.get("artefacts").get(i).get("comparisons"))
                    .hasSize(artefact.comparisons().size());
            for (Picture picture : artefact.pictures()) {
                assertThat(ImageIO.read(folder.resolve(picture.name() + ".png").toFile())
                                .getWidth())
                        .isEqualTo(1100);
                assertThat(Files.readString(folder.resolve(picture.name() + ".svg")))
                        .contains("<svg");
                assertThat(text).contains("(" + picture.name() + ".svg)");
            }
        }
    }
}
