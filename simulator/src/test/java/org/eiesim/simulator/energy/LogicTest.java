package org.eiesim.simulator.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class LogicTest {
    private static final Figure ONE = new Figure(1, new Source(Source.Basis.ESTIMATE, "test"));

    @Test
    void twentyEightNanometresFollowStillmaker() {
        assertThat(TechnologyScaling.energy(ONE, 45, 28).value()).isCloseTo(0.51, within(0.005));
        assertThat(TechnologyScaling.area(ONE, 45, 28).value()).isCloseTo(0.38, within(0.005));
        assertThat(TechnologyScaling.energy(ONE, 45, 45)).isEqualTo(ONE);
        assertThat(TechnologyScaling.energy(ONE, 45, 130).extrapolated()).isFalse();
        assertThat(TechnologyScaling.energy(ONE, 45, 180).extrapolated()).isTrue();
        assertThat(TechnologyScaling.energy(ONE, 45, 180).value()).isGreaterThan(3.1675);
    }

    @Test
    void scalingThereAndBackChangesNothing() {
        for (double nm = 7; nm <= 180; nm += 3.3) {
            Figure there = TechnologyScaling.energy(ONE, 45, nm);
            assertThat(TechnologyScaling.energy(there, nm, 45).value()).isCloseTo(1, within(1e-12));
            assertThat(there.value())
                    .isLessThan(TechnologyScaling.energy(ONE, 45, nm + 1).value());
        }
    }

    @Test
    void operationsAreThoseOfTheTableAndGrowWithTheWidth() {
        assertThat(LogicOperation.MULTIPLY.energyPj(16, 45).value()).isEqualTo(0.62);
        assertThat(LogicOperation.MULTIPLY.energyPj(32, 45).value()).isEqualTo(3.1);
        assertThat(LogicOperation.ADD.energyPj(32, 45).value()).isEqualTo(0.1);
        assertThat(LogicOperation.SHIFT.energyPj(32, 40).value()).isEqualTo(0.417);
        assertThat(LogicOperation.REGISTER_FILE_READ.energyPj(1024, 45).value()).isEqualTo(0.322);
        for (LogicOperation operation : new LogicOperation[] {
            LogicOperation.ADD,
            LogicOperation.MULTIPLY,
            LogicOperation.SHIFT,
            LogicOperation.REGISTER_READ,
            LogicOperation.REGISTER_FILE_READ
        }) {
            double before = 0;
            for (double bits = 2; bits <= 4096; bits *= 1.3) {
                double energy = operation.energyPj(bits, 45).value();
                assertThat(energy).as("%s of %s bits", operation, bits).isGreaterThan(before);
                before = energy;
            }
        }
    }

    @Test
    void betweenTwoWidthsLiesTheirGeometricMean() {
        Figure figure = LogicOperation.MULTIPLY.energyPj(Math.sqrt(8 * 16), 45);

        assertThat(figure.value()).isCloseTo(Math.sqrt(0.2 * 0.62), withinPercentage(1e-9));
        assertThat(figure.extrapolated()).isFalse();
        assertThat(figure.source().citation()).contains("Horowitz").contains("EIE VI-C");
        assertThat(LogicOperation.MULTIPLY.energyPj(4, 45).extrapolated()).isTrue();
    }

    @Test
    void theQuadtreeHasTheNodesOfThePaper() {
        assertThat(Lnzd.numNodes(64)).isEqualTo(21);
        assertThat(Lnzd.numNodes(256)).isEqualTo(85);
        assertThat(Lnzd.numNodes(1)).isEqualTo(1);
        assertThat(Lnzd.numNodes(5)).isEqualTo(3);
    }

    @Test
    void theBroadcastTreeIsAnHTree() {
        // 4 PEs of 1 mm2: one H of three wires of 1 mm. 16 PEs: an H of 2 mm wires and four of 1 mm wires.
        assertThat(Wires.treeLengthMm(1, 1)).isZero();
        assertThat(Wires.treeLengthMm(4, 1)).isCloseTo(3, within(1e-12));
        assertThat(Wires.treeLengthMm(16, 1)).isCloseTo(3 * 2 + 4 * 3, within(1e-12));
        assertThat(Wires.bitPjPerMm(45).value()).isCloseTo(0.249 / 4, within(1e-12));
        assertThat(Wires.bitPjPerMm(40).value()).isBetween(0.197 / 4, 0.249 / 4);
        assertThat(Wires.bitPjPerMm(10).extrapolated()).isTrue();
    }

    @Test
    void everyFigureCitesASource() {
        assertThat(Constants.all()).isNotEmpty().allSatisfy(constant -> {
            assertThat(constant.figure().source().citation()).isNotBlank();
            assertThat(constant.meaning()).isNotBlank();
            assertThat(constant.figure().value()).isPositive();
        });
        for (LogicOperation operation : LogicOperation.values()) {
            assertThat(operation.points())
                    .isNotEmpty()
                    .allSatisfy(point -> assertThat(point.source().citation()).isNotBlank());
        }
    }
}
