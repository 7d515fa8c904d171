package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.compiler.container.LayerStatistics;
import org.jspecify.annotations.Nullable;

/** Deep Compression Tables 1 to 5: the size of compressed networks. */
final class Storage {
    private static final long SEED = 1;
    private static final String MEASURED_NETWORK = "LeNet-300-100";

    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Grid.Row> rates = new ArrayList<>();

    private Storage() {}

    /** Takes a compressed network of the user's, if there is one. */
    static Artefact build(@Nullable TrainedNetwork trained) {
        return new Storage().artefact(trained);
    }

    private Artefact artefact(@Nullable TrainedNetwork trained) {
        Map<String, SyntheticStorage.Size> sums = new LinkedHashMap<>();
        Map<String, Long> weights = new LinkedHashMap<>();
        for (CSVRecord row : Published.read("storage.csv")) {
            SyntheticStorage.Size size = addLayer(row);
            sums.merge(
                    row.get("network"),
                    size,
                    (a, b) -> new SyntheticStorage.Size(
                            a.sharedBits() + b.sharedBits(), a.huffmanBits() + b.huffmanBits()));
            weights.merge(row.get("network"), Long.parseLong(row.get("weights")), Long::sum);
        }
        sums.forEach((network, size) -> addNetwork(network, size, 32.0 * weights.getOrDefault(network, 1L)));
        if (trained != null) {
            addTrained(trained);
        }
        Grid grid = new Grid("compression rate", "network", List.of("paper", "ours"), rates, 1);
        return new Artefact(
                "storage",
                "Deep Compression: size of the compressed networks, Tables 1 to 5",
                comparisons,
                List.of(grid),
                List.of(picture()),
                List.of(
                        "Sizes in percent of the float32 weights: shared = codes and indices of fixed length, huffman"
                                + " = both Huffman coded; the codebook is part of both, biases of neither.",
                        "Weights are synthetic: zeros independent of one another at the printed density, the others"
                                + " the tails of a normal distribution, 2^bits - 1 shared weights by k-means from a linear"
                                + " start and one code for fillers. Real zeros stand in clusters, so that real networks"
                                + " need fewer fillers (fc6 and fc7) and Huffman coding finds more to gain.",
                        "AlexNet's index width is the 4 bits of its table; the other tables and their text say 5.",
                        trained == null
                                ? "With --eie FILE a LeNet-300-100 compressed here (eie quickstart makes one) is"
                                        + " measured too, on other data than the paper's."
                                : "The network trained here is the .eie file given, on other data than the paper's,"
                                        + " held against its LeNet-300-100. Sizes are those of its own bits; the rate is"
                                        + " that of the whole file, biases and graph included."));
    }

    private SyntheticStorage.Size addLayer(CSVRecord row) {
        long count = Long.parseLong(row.get("weights"));
        SyntheticStorage.Size size = new SyntheticStorage(
                        count,
                        Published.number(row, "percent_left") / 100,
                        Integer.parseInt(row.get("code_bits")),
                        Integer.parseInt(row.get("index_bits")),
                        SEED)
                .measure();
        String item = row.get("network") + " " + row.get("layer");
        double percent = 100 / (32.0 * count);
        compare(item, "shared %", Published.number(row, "percent_shared"), percent * size.sharedBits(), 2);
        compare(item, "huffman %", Published.number(row, "percent_huffman"), percent * size.huffmanBits(), 2);
        return size;
    }

    private void addNetwork(String network, SyntheticStorage.Size size, double denseBits) {
        CSVRecord printed = Published.row("rates.csv", network);
        double rate = denseBits / size.huffmanBits();
        compare(
                network,
                "shared %",
                Published.number(printed, "percent_shared"),
                100 * size.sharedBits() / denseBits,
                2);
        compare(
                network,
                "huffman %",
                Published.number(printed, "percent_huffman"),
                100 * size.huffmanBits() / denseBits,
                2);
        compare(network, "compression rate", Published.number(printed, "rate"), rate, 1);
        rates.add(new Grid.Row(network + " (synthetic)", new double[] {Published.number(printed, "rate"), rate}));
    }

    private void compare(String item, String quantity, double reference, double ours, int numDecimals) {
        comparisons.add(new Comparison(item, quantity, reference, ours, numDecimals, Input.SYNTHETIC));
    }

    private void addTrained(TrainedNetwork trained) {
        String item = trained.name() + " trained here";
        for (LayerStatistics layer : trained.file().layers()) {
            CSVRecord printed = Published.read("storage.csv").stream()
                    .filter(row -> row.get("network").equals(MEASURED_NETWORK)
                            && Long.parseLong(row.get("weights")) == layer.weights())
                    .findFirst()
                    .orElse(null);
            comparisons.add(new Comparison(
                    item + " " + layer.name(),
                    "shared %",
                    printed == null ? null : (Double) Published.number(printed, "percent_shared"),
                    layer.percentQuantized(),
                    2,
                    Input.TRAINED));
            comparisons.add(new Comparison(
                    item + " " + layer.name(),
                    "huffman %",
                    printed == null ? null : (Double) Published.number(printed, "percent_huffman"),
                    layer.percentHuffman(),
                    2,
                    Input.TRAINED));
        }
        double rate = Published.number(Published.row("rates.csv", MEASURED_NETWORK), "rate");
        comparisons.add(new Comparison(
                item, "compression rate, whole file", rate, trained.file().ratio(), 1, Input.TRAINED));
        rates.add(new Grid.Row(item, new double[] {rate, trained.file().ratio()}));
    }

    private Picture picture() {
        return new Picture(
                "storage",
                "Compression rate (Deep Compression Table 1)",
                "network",
                "dense size / compressed size",
                Picture.Style.BARS,
                false,
                rates.stream().map(Grid.Row::label).toList(),
                List.of(
                        new Grid.Row(
                                "paper",
                                rates.stream()
                                        .mapToDouble(row -> row.values()[0])
                                        .toArray()),
                        new Grid.Row(
                                "ours",
                                rates.stream()
                                        .mapToDouble(row -> row.values()[1])
                                        .toArray())));
    }
}
