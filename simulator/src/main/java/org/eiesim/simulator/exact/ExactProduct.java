package org.eiesim.simulator.exact;

import org.eiesim.simulator.machine.BlockProduct;

/**
 * A product laid out column by column, at most 8 bytes an entry; for blocks of vectors, once one is run, also row by row, 4
 * bytes an entry. The layouts are shared by all forks; the rest belongs to one thread.
 */
public sealed interface ExactProduct extends BlockProduct permits Float32Product, FixedPointProduct {
    @Override
    ExactProduct fork();
}
