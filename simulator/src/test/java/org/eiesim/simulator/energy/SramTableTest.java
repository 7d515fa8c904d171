package org.eiesim.simulator.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.config.SramCells;
import org.junit.jupiter.api.Test;

class SramTableTest {
    @Test
    void pointsOfTheGridAreCactis() {
        for (CSVRecord row : TableFile.read("sram_cacti.csv")) {
            SramTable.Sram sram = SramTable.look(
                    SramLaws.cells(row),
                    TableFile.number(row, "technology_nm"),
                    TableFile.number(row, "capacity_bytes"),
                    TableFile.number(row, "width_bits"));

            assertThat(sram.readPj().value()).isCloseTo(TableFile.number(row, "read_pj"), withinPercentage(1e-9));
            assertThat(sram.writePj().value()).isCloseTo(TableFile.number(row, "write_pj"), withinPercentage(1e-9));
            assertThat(sram.areaMm2().value()).isCloseTo(TableFile.number(row, "area_mm2"), withinPercentage(1e-9));
            assertThat(sram.accessNs().value()).isCloseTo(TableFile.number(row, "access_ns"), withinPercentage(1e-9));
            assertThat(sram.leakageMw().value()).isCloseTo(TableFile.number(row, "leakage_mw"), withinPercentage(1e-9));
            assertThat(sram.readPj().extrapolated()).isFalse();
        }
    }

    @Test
    void betweenTwoPointsLiesTheirGeometricMean() {
        double between = SramTable.look(SramCells.ITRS_HP, 45, 131072, Math.sqrt(64 * 128))
                .readPj()
                .value();

        assertThat(between).isCloseTo(Math.sqrt(32.9568 * 40.5296), withinPercentage(1e-6));
    }

    @Test
    void insideTheGridAFigureLiesBetweenThoseAround() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            double nm = Math.exp(random.nextDouble(Math.log(22), Math.log(90)));
            double bytes = Math.exp(random.nextDouble(Math.log(4096), Math.log(1 << 22)));
            double width = Math.exp(random.nextDouble(Math.log(8), Math.log(512)));
            double[] nodes = {22, 32, 45, 65, 90};
            double smallest = Double.MAX_VALUE;
            double largest = 0;
            for (double node : nodes) {
                for (int c = 12; c <= 22; c++) {
                    for (int w = 3; w <= 9; w++) {
                        boolean near = bytes >= (1 << c) / 2.0
                                && bytes <= (2 << c)
                                && width >= (1 << w) / 2.0
                                && width <= (2 << w);
                        if (near) {
                            double value = SramTable.look(SramCells.ITRS_HP, node, 1 << c, 1 << w)
                                    .readPj()
                                    .value();
                            smallest = Math.min(smallest, value);
                            largest = Math.max(largest, value);
                        }
                    }
                }
            }
            Figure figure = SramTable.look(SramCells.ITRS_HP, nm, bytes, width).readPj();
            assertThat(figure.value()).isBetween(smallest, largest);
            assertThat(figure.extrapolated()).isFalse();
        }
    }

    @Test
    void areaGrowsWithCapacityAndWithTheNode() {
        for (SramCells cells : SramCells.values()) {
            for (double width = 8; width <= 64; width *= 2) {
                for (double bytes = 1024; bytes <= 1 << 26; bytes *= 1.7) {
                    double area =
                            SramTable.look(cells, 45, bytes, width).areaMm2().value();
                    assertThat(SramTable.look(cells, 45, bytes * 1.7, width)
                                    .areaMm2()
                                    .value())
                            .as("%s, %s bytes x %s", cells, bytes, width)
                            .isGreaterThan(area);
                    assertThat(SramTable.look(cells, 60, bytes, width).areaMm2().value())
                            .isGreaterThan(area);
                }
            }
        }
    }

    @Test
    void outsideTheGridFiguresAreMarkedAndContinueIt() {
        for (double nm : new double[] {7, 16, 21.9, 90.1, 180}) {
            assertThat(SramTable.look(SramCells.ITRS_HP, nm, 16384, 64).readPj().extrapolated())
                    .isTrue();
        }
        Figure inside = SramTable.look(SramCells.ITRS_HP, 45, 1 << 22, 512).readPj();
        Figure outside = SramTable.look(SramCells.ITRS_HP, 45, (1 << 22) * 1.0001, 512.01)
                .readPj();
        assertThat(outside.value())
                .isCloseTo(inside.value(), withinPercentage(0.02))
                .isGreaterThan(inside.value());
        assertThat(outside.extrapolated()).isTrue();
        // CACTI finds no organisation for 256 bytes in rows of 256 bits.
        assertThat(SramTable.look(SramCells.ITRS_HP, 45, 256, 256).readPj().extrapolated())
                .isTrue();
    }
}
