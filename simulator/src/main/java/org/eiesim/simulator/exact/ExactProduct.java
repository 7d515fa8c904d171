package org.eiesim.simulator.exact;

import org.eiesim.simulator.machine.PreparedProduct;

/** A product laid out column by column. Its layout is shared by all forks; the rest belongs to one thread. */
public sealed interface ExactProduct extends PreparedProduct permits Float32Product, FixedPointProduct {
    @Override
    ExactProduct fork();
}
