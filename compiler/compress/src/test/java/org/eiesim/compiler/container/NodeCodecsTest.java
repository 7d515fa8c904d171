package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NodeSwitch;
import org.eiesim.models.network.RecurrentCell;
import org.junit.jupiter.api.Test;

class NodeCodecsTest {
    @Test
    void everyKindOfNodeHasACodecWithANumberOfItsOwn() {
        assertThat(NodeCodecs.ALL)
                .extracting(codec -> (Object) codec.type())
                .containsExactlyInAnyOrderElementsOf(NodeSwitch.kinds());
        assertThat(NodeCodecs.ALL).extracting(NodeCodec::kind).doesNotHaveDuplicates();
    }

    @Test
    void everyEnumConstantHasANumber() {
        assertThat(NodeCodecs.ACTIVATION_FUNCTIONS).containsExactlyInAnyOrder(ActivationFunction.values());
        assertThat(NodeCodecs.POOLING_KINDS).containsExactlyInAnyOrder(Node.Pooling.Kind.values());
        assertThat(NodeCodecs.RECURRENT_CELLS).containsExactlyInAnyOrder(RecurrentCell.values());
        assertThat(NodeCodecs.ARITHMETIC_OPERATORS).containsExactlyInAnyOrder(ArithmeticOperator.values());
        assertThat(TensorCodecs.REDUCTION_OPERATORS).containsExactlyInAnyOrder(ReductionOperator.values());
    }

    @Test
    void theRandomNetworksOfTheOtherTestsHoldEveryKind() {
        CompressedNetwork network = RandomNetworks.create(1);
        Set<Class<?>> seen = new HashSet<>();
        network.network().nodes().forEach(node -> seen.add(node.getClass()));
        assertThat(List.copyOf(seen)).containsExactlyInAnyOrderElementsOf(NodeSwitch.kinds());
    }
}
