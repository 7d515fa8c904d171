package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;

class EieInspectorTest {
    @Test
    void theFiguresAddUp() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            CompressedNetwork network = RandomNetworks.create(seed);
            byte[] bytes = EieWriter.toBytes(network);
            FileStatistics file = EieInspector.inspect(bytes);
            long dense = 0;
            for (Tensor tensor : network.network().parameters().values()) {
                dense += 4L * tensor.values().length;
            }
            assertThat(file.fileBytes()).as("seed %d", seed).isEqualTo(bytes.length);
            assertThat(file.denseBytes()).as("seed %d", seed).isEqualTo(dense);
            assertThat(file.sections().get(file.sections().size() - 1))
                    .satisfies(last -> assertThat(last.offset() + last.bytes()).isEqualTo(bytes.length));
            assertThat(file.layers()).hasSameSizeAs(network.layers());
            for (int i = 0; i < file.layers().size(); i++) {
                requireConsistent(file.layers().get(i), network.layers().get(i));
            }
        }
    }

    private static void requireConsistent(LayerStatistics statistics, CompressedLayer layer) {
        assertThat(statistics.name()).isEqualTo(layer.key().layerName());
        assertThat(statistics.shape()).isEqualTo(layer.shape());
        assertThat(statistics.weights()).isEqualTo(layer.codes().length);
        assertThat(statistics.nonzeros()).isEqualTo(layer.numNonzeros());
        assertThat(statistics.entries()).isEqualTo(statistics.nonzeros() + statistics.padding());
        assertThat(statistics.codebookSize()).isEqualTo(layer.codebook().length);
        assertThat(1 << statistics.weightBits()).isGreaterThanOrEqualTo(statistics.codebookSize());
        assertThat(1 << (statistics.weightBits() - 1)).isLessThan(statistics.codebookSize());
        assertThat(statistics.sectionBytes()).isEqualTo(LayerCodec.write(layer).length);
        assertThat(statistics.percentHuffman())
                .isCloseTo(100.0 * statistics.sectionBytes() / (4 * statistics.weights()), within(1e-9));
    }

    /** 100 weights, every tenth not 0, one shared weight: all gaps are 9. */
    @Test
    void aLayerCountedByHand() throws IOException {
        CompressedNetwork one = EieRoundTripTest.oneLayer(Shape.of(1, 100), 0, 2, 0);
        byte[] codes = new byte[100];
        for (int i = 9; i < 100; i += 10) {
            codes[i] = 1;
        }
        CompressedLayer layer =
                new CompressedLayer(one.layers().get(0).key(), Shape.of(1, 100), new float[] {0, 2.5f}, codes);
        byte[] bytes = EieWriter.toBytes(new CompressedNetwork(one.network(), List.of(layer), one.provenance()));
        LayerStatistics statistics = EieInspector.inspect(bytes).layers().get(0);
        assertThat(statistics.nonzeros()).isEqualTo(10);
        assertThat(statistics.percentLeft()).isEqualTo(10);
        // In the file: 4 index bits without padding; both alphabets have one symbol, so that words take no bits.
        assertThat(statistics.indexBits()).isEqualTo(4);
        assertThat(statistics.padding()).isZero();
        assertThat(statistics.codeWordBits()).isZero();
        assertThat(statistics.meanIndexBits()).isZero();
        // At fixed widths: 1 + 4 bits for each of 10 entries, or 1 + 3 bits for each of 20, or 1 + 2 for 30.
        assertThat(statistics.weightBits()).isEqualTo(1);
        assertThat(statistics.fixedIndexBits()).isEqualTo(4);
        assertThat(statistics.fixedBits()).isEqualTo(10 * 5 + 64);
        assertThat(statistics.percentQuantized()).isCloseTo(100.0 * 114 / 3200, within(1e-9));
    }

    @Test
    void theTotalIsTheSum() throws IOException {
        CompressedNetwork network = RandomNetworks.create(11);
        FileStatistics file = EieInspector.inspect(EieWriter.toBytes(network));
        LayerStatistics total = file.total().orElseThrow();
        assertThat(total.weights())
                .isEqualTo(file.layers().stream()
                        .mapToLong(LayerStatistics::weights)
                        .sum());
        assertThat(total.entries())
                .isEqualTo(file.layers().stream()
                        .mapToLong(LayerStatistics::entries)
                        .sum());
        assertThat(total.sectionBytes())
                .isEqualTo(file.layers().stream()
                        .mapToLong(LayerStatistics::sectionBytes)
                        .sum());
        assertThat(total.name()).isEqualTo("total");
    }
}
