package org.eiesim.studies.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProductImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticLayerTest {
    @Test
    void drawsTheDensitiesOfTheTable() {
        for (LayerShape shape : EieLayers.TABLE_III) {
            SyntheticLayer layer = SyntheticLayer.draw(shape, 1);
            double weights = layer.weights().rows().length / ((double) shape.numInputs() * shape.numOutputs());

            assertThat(weights).as(shape.name()).isCloseTo(shape.weightDensity(), within(0.001));
            assertThat(layer.liveInputs().length / (double) shape.numInputs())
                    .as(shape.name())
                    .isCloseTo(shape.liveDensity(), within(0.03));
            assertThat(layer.bias().rows()).hasSize(shape.biased() ? shape.numOutputs() : 0);
            assertThat(layer.liveInputs()).as(shape.name()).isSorted();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 64, 256})
    void encodesAsTheDenseEncoderDoes(int numPes) {
        for (int indexBits : new int[] {1, 4, 16}) {
            LayerShape shape = new LayerShape("small", 70, 301, 0.06, 0.5, numPes != 3);
            SyntheticLayer layer = SyntheticLayer.draw(shape, numPes);
            ProductImage image = layer.image(numPes, indexBits);
            InterleavedCsc matrix = image.matrix();
            byte[] dense = InterleavedCscDecoder.decode(matrix);
            byte[] weights = new byte[301 * 70];
            byte[] bias = new byte[301];
            for (int row = 0; row < 301; row++) {
                System.arraycopy(dense, row * matrix.numColumns(), weights, row * 70, 70);
                bias[row] = dense[(row + 1) * matrix.numColumns() - 1];
            }

            InterleavedCsc expected = InterleavedCscBuilder.build(weights, 301, 70, numPes, indexBits, bias);

            assertThat(matrix).usingRecursiveComparison().isEqualTo(expected);
            assertThat(count(dense))
                    .isEqualTo(layer.weights().rows().length + layer.bias().rows().length);
        }
    }

    private static long count(byte[] codes) {
        long nonzeros = 0;
        for (byte code : codes) {
            nonzeros += code == 0 ? 0 : 1;
        }
        return nonzeros;
    }

    @Test
    void theSameSeedGivesTheSameLayer() {
        LayerShape shape = new LayerShape("small", 100, 200, 0.1, 0.4, true);

        assertThat(SyntheticLayer.draw(shape, 5)).usingRecursiveComparison().isEqualTo(SyntheticLayer.draw(shape, 5));
        assertThat(SyntheticLayer.draw(shape, 6).weights().rows())
                .isNotEqualTo(SyntheticLayer.draw(shape, 5).weights().rows());
        assertThat(SyntheticLayer.draw(shape, 5).inputs())
                .isEqualTo(SyntheticLayer.draw(shape, 5).inputs());
    }

    /** The authors' simulator on another draw at the same densities; draws differ by a few percent. */
    @ParameterizedTest
    @CsvSource({
        "Alex-6,22558",
        "Alex-7,10349",
        "Alex-8,6632",
        "VGG-6,19386",
        "VGG-7,6682",
        "VGG-8,6496",
        "NT-We,6051",
        "NT-Wd,10675",
        "NT-LSTM,5354"
    })
    void takesAboutTheCyclesTheAuthorsSimulatorNeeds(String name, long cycles) {
        SyntheticLayer layer = SyntheticLayer.draw(EieLayers.byName(name), 1);
        MachineConfig config = MachineConfig.defaults().with(Parameters.PES, 64);
        EventRecord events = new EventRecord(64);

        new ExactEngine().timing(layer.counts(64, 4), config).run(layer.liveInputs(), events);

        assertThat((double) events.cycles / cycles).isCloseTo(1, within(0.06));
    }

    @Test
    void namesTheLayersItHas() {
        assertThat(EieLayers.byName("fc8-like")).isSameAs(EieLayers.FC8_LIKE);
        assertThatThrownBy(() -> EieLayers.byName("Alex-9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Alex-9")
                .hasMessageContaining("NT-LSTM");
        assertThatThrownBy(() -> EieLayers.FC8_LIKE.withLiveDensity(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
