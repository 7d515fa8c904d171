package org.eiesim.simulator.energy;

import org.eiesim.simulator.config.MachineConfig;

/** The quadtree of leading non-zero detection. */
final class Lnzd {
    private static final int CHILDREN = 4;
    /** Value and index a node of EIE passes on. */
    private static final double EIE_BITS = 28;

    private Lnzd() {}

    /** Returns the nodes over a number of PEs: a quarter as many per level, up to one root. 21 for 64. */
    static int numNodes(int numPes) {
        int sum = 0;
        int level = numPes;
        do {
            level = (level + CHILDREN - 1) / CHILDREN;
            sum += level;
        } while (level > 1);
        return sum;
    }

    /** Returns how much wider a node is than EIE's; its energy and area are taken to grow with it. */
    static double widthRatio(MachineConfig config) {
        return RegisterGroup.broadcastBits(config) / EIE_BITS;
    }
}
