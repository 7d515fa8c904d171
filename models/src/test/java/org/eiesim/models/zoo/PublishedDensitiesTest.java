package org.eiesim.models.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedDensitiesTest {
    /** The share of all weights that is left, as the tables' last rows print it; VGG-16's rows give 7.6, not 7.5. */
    @ParameterizedTest
    @CsvSource({"lenet-5, 8, 0.5", "alexnet, 11, 0.5", "vgg-16, 7.5, 0.15", "neuraltalk, 11, 0.5"})
    void theLayersOfTheNetworkGiveThePublishedTotal(String name, double percent, double tolerance) {
        double[] counts = new double[2];
        PublishedNetworks.create(name, PublishedDensities.of(name).byLayer(), 1)
                .weights()
                .forEach((key, tensor) -> {
                    double density = PublishedDensities.of(name).byLayer().applyAsDouble(key.node());
                    assertThat(density).as(key.toString()).isNotEqualTo(PublishedDensities.DEFAULT);
                    counts[0] += density * tensor.values().length;
                    counts[1] += tensor.values().length;
                });
        assertThat(100 * counts[0] / counts[1]).isEqualTo(percent, within(tolerance));
    }

    @Test
    void everyOtherNetworkHasTheDefault() {
        for (String name : List.of("resnet-50", "mobilenet-v1")) {
            PublishedDensities densities = PublishedDensities.of(name);
            assertThat(densities.byLayer().applyAsDouble("conv1")).isEqualTo(PublishedDensities.DEFAULT);
            assertThat(densities.source()).isEqualTo("0.3 in every layer");
        }
    }
}
