package org.eiesim.simulator.machine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The products of a program, each prepared once and forked for every thread that runs it. */
final class PreparedProducts {
    private final @Nullable PreparedProduct[] byPlace;

    /** Makes an empty table for a body of so many instructions. */
    PreparedProducts(int bodyLength) {
        byPlace = new PreparedProduct[bodyLength];
    }

    /** Returns a fork of the product at a place of the body, preparing it if no thread has yet. */
    synchronized PreparedProduct fork(int place, Supplier<PreparedProduct> prepare) {
        PreparedProduct product = byPlace[place];
        if (product == null) {
            product = prepare.get();
            byPlace[place] = product;
        }
        return product.fork();
    }
}
