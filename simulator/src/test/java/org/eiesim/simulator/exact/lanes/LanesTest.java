package org.eiesim.simulator.exact.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
    /** The build runs this test in two virtual machines, with the Vector API and without, and says which this is. */
    @Test
    void theFastestLanesAreThoseOfThisVirtualMachine() {
        assertThat(Lanes.fastest()).hasToString(System.getProperty("eiesim.test.lanes", "vector"));
        assertThat(Lanes.scalar()).hasToString("scalar");
    }
}
