package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.junit.jupiter.api.Test;

class NodeCodecsTest {
    private static Set<Class<?>> kindsOfNode() {
        return new HashSet<>(Arrays.asList(Node.class.getPermittedSubclasses()));
    }

    @Test
    void everyKindOfNodeHasACodecWithANumberOfItsOwn() {
        assertThat(NodeCodecs.ALL)
                .extracting(codec -> (Object) codec.type())
                .containsExactlyInAnyOrderElementsOf(kindsOfNode());
        assertThat(NodeCodecs.ALL).extracting(NodeCodec::kind).doesNotHaveDuplicates();
    }

    @Test
    void everyEnumConstantHasANumber() {
        assertThat(NodeCodecs.ACTIVATION_FUNCTIONS).containsExactlyInAnyOrder(ActivationFunction.values());
        assertThat(NodeCodecs.POOLING_KINDS).containsExactlyInAnyOrder(Node.Pooling.Kind.values());
        assertThat(NodeCodecs.RECURRENT_CELLS).containsExactlyInAnyOrder(Node.Recurrent.Cell.values());
    }

    @Test
    void theRandomNetworksOfTheOtherTestsHoldEveryKind() {
        CompressedNetwork network = RandomNetworks.create(1);
        Set<Class<?>> seen = new HashSet<>();
        network.network().nodes().forEach(node -> seen.add(node.getClass()));
        assertThat(List.copyOf(seen)).containsExactlyInAnyOrderElementsOf(kindsOfNode());
    }
}
