package org.eiesim.models.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NodeSwitchTest {
    @Test
    void aForgottenKindIsFoundWhenTheSwitchIsBuilt() {
        NodeSwitch.Builder<Integer, String> builder = NodeSwitch.builder();
        builder.on(Node.Dense.class, (node, context) -> node.name() + context);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Convolution");
    }

    @Test
    void aKindCannotHaveTwoCases() {
        NodeSwitch.Builder<Integer, String> builder = NodeSwitch.builder();
        builder.on(Node.Dense.class, (node, context) -> node.name());
        assertThatThrownBy(() -> builder.on(Node.Dense.class, (node, context) -> node.name()))
                .hasMessageContaining("Dense");
    }
}
