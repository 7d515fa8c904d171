package org.eiesim.models.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.eiesim.kernels.nn.Activations;
import org.eiesim.models.SharedFiles;
import org.eiesim.models.data.Photograph;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.train.Evaluator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published SqueezeNet recognises a cat (285) and a cup of espresso (967), about as sure of them as published. */
class PhotographsTest {
    @ParameterizedTest
    @CsvSource({"chelsea.png, 285, 0.56", "coffee.png, 967, 0.96"})
    void photographsAreRecognised(String photograph, int label, double probability) throws IOException {
        Path folder = SharedFiles.require("models/squeezenet");
        float[] image = Photograph.read(SharedFiles.require("models/photos").resolve(photograph), 227);
        DeepCompressionNet net = DeepCompressionNet.read(
                folder.resolve("compressed_SqueezeNet.net"), folder.resolve("SqueezeNet_deploy.prototxt"));
        float[] scores = new ReferenceExecutor(net.network()).run(image);
        // The description ends before the softmax.
        Activations.softmax(scores, 0, scores.length);
        assertThat(Evaluator.argMax(scores)).isEqualTo(label);
        // The figures are of another implementation of bilinear scaling; coffee.png yields 0.95 here.
        assertThat((double) scores[label]).isEqualTo(probability, within(0.02));
    }
}
