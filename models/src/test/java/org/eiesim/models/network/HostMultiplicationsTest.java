package org.eiesim.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.junit.jupiter.api.Test;

class HostMultiplicationsTest {
    private static Tensor tensor(int... extents) {
        Shape shape = Shape.of(extents);
        return new Tensor(shape, new float[shape.size()]);
    }

    @Test
    void namesTheNodesAndSaysWhy() {
        Network network = new Network(
                "n",
                List.of(new Network.Input("x", Shape.of(2, 3))),
                List.of(
                        new Node.Dense("layer", "x", tensor(3, 3), null),
                        new TensorNode.Constant("half", tensor()),
                        new TensorNode.Constant("factors", tensor(3)),
                        new TensorNode.Constant("stack", tensor(2, 3, 3)),
                        new Node.Arithmetic("halved", ArithmeticOperator.MULTIPLY, "layer", "half"),
                        new Node.Arithmetic("scaled", ArithmeticOperator.MULTIPLY, "factors", "halved"),
                        new Node.Arithmetic("shifted", ArithmeticOperator.ADD, "scaled", "factors"),
                        new TensorNode.MatrixProduct("product", "shifted", "stack"),
                        new NormalizationNode.Batch(
                                "norm", "product", tensor(2), tensor(2), tensor(2), tensor(2), 1e-5f)),
                List.of("norm"));

        assertThat(HostMultiplications.notes(network))
                .containsExactly(
                        "scaled multiplies by constants on the host: an element-wise factor of 3 values",
                        "product multiplies by constants on the host: a product with a constant that is no matrix",
                        "norm multiplies by constants on the host: a batch normalisation whose input is not that of a"
                                + " layer that it alone reads");
    }
}
