package org.eiesim.compiler.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.kernels.nn.SlidingWindow;
import org.junit.jupiter.api.Test;

class HostShapeTest {
    private static Map<String, Integer> plane(int channels, int height, int width, int kernel, int stride) {
        Map<String, Integer> attributes = new TreeMap<>();
        SlidingWindow window =
                new SlidingWindow(height, width, kernel, kernel, stride, stride, 1, 1, 1, 1, 1, 1, false);
        PlaneAttributes.put(channels, window, attributes);
        return attributes;
    }

    /** 5x4 outputs are 3x2 tiles. */
    @Test
    void winogradTransformsTileAndCountAdditions() {
        assertThat(HostShape.of(HostKind.WINOGRAD_INPUT, plane(3, 5, 4, 3, 1), 60))
                .isEqualTo(new HostShape(60, 16 * 3 * 6, List.of(), 32 * 3 * 6));
        assertThat(HostShape.of(HostKind.WINOGRAD_OUTPUT, Map.of("channels", 7, "height", 5, "width", 4), 16 * 7 * 6))
                .isEqualTo(new HostShape(16 * 7 * 6, 7 * 5 * 4, List.of(), 24 * 7 * 6));
    }

    @Test
    void winogradRefusesOtherKernelsAndEmptyPlanes() {
        assertThatThrownBy(() -> HostShape.of(HostKind.WINOGRAD_INPUT, plane(1, 6, 6, 3, 2), 36))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Winograd's tiles need a 3x3 kernel at stride 1 without dilation, not 3x3 at stride 2x2 and"
                        + " dilation 1x1");
        assertThatThrownBy(() -> HostShape.of(HostKind.WINOGRAD_INPUT, plane(1, 6, 6, 5, 1), 36))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 5x5 at stride 1x1");
        assertThatThrownBy(
                        () -> HostShape.of(HostKind.WINOGRAD_OUTPUT, Map.of("channels", 7, "height", 0, "width", 4), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no planes of outputs: 7 of 0x4");
        assertThatThrownBy(() -> HostShape.of(
                        HostKind.WINOGRAD_OUTPUT, Map.of("channels", 1 << 30, "height", 1 << 30, "width", 1 << 30), 0))
                .isInstanceOf(ArithmeticException.class);
    }
}
