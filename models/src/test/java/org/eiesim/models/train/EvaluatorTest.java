package org.eiesim.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    /** Predicts the position of the brightest of three pixels, the first among equals. */
    private static final Network BRIGHTEST = new Network(
            "brightest",
            List.of(new Network.Input("x", Shape.of(3))),
            List.of(new Node.Dense(
                    "y", "x", new Tensor(Shape.of(3, 3), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}), null)),
            List.of("y"));

    @Test
    void countsTheLargestOutputsWhateverTheThreads() {
        byte[] pixels = {9, 1, 1, 1, (byte) 200, 100, 7, 7, 3, 0, 0, 1, 5, 6, 6};
        Dataset dataset = new Dataset("five", Shape.of(1, 1, 3), pixels, new int[] {0, 1, 1, 2, 1}, 3);
        for (int threads : new int[] {1, 2, 3, 8}) {
            assertThat(Evaluator.correct(BRIGHTEST, dataset, threads)).isEqualTo(4);
            assertThat(Evaluator.accuracy(BRIGHTEST, dataset, threads)).isEqualTo(0.8);
        }
        assertThat(Evaluator.accuracy(BRIGHTEST, dataset.range(2, 3), 2)).isZero();
    }

    @Test
    void misfitsAreErrors() {
        Dataset four = new Dataset("four", Shape.of(1, 2, 2), new byte[4], new int[1], 3);
        Dataset classes = new Dataset("classes", Shape.of(1, 1, 3), new byte[3], new int[1], 4);
        Dataset none = new Dataset("none", Shape.of(1, 1, 3), new byte[0], new int[0], 3);
        assertThatThrownBy(() -> Evaluator.accuracy(BRIGHTEST, four, 1)).hasMessageContainingAll("3", "1x2x2");
        assertThatThrownBy(() -> Evaluator.accuracy(BRIGHTEST, classes, 1)).hasMessageContainingAll("3", "4 classes");
        assertThatThrownBy(() -> Evaluator.accuracy(BRIGHTEST, none, 1)).hasMessageContaining("no images");
        assertThatThrownBy(() -> Evaluator.accuracy(BRIGHTEST, classes.range(0, 1), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
