package org.eiesim.simulator.element;

import org.eiesim.kernels.sparse.ColumnEntries;

/**
 * Sums of any arithmetic, through its {@link Datapath}: for one that brings no faster ones. A column's entries share the
 * input, so that where there are more of them than codes each code is multiplied once.
 */
final class DatapathSums implements ProductSums {
    private final ProductMatrix matrix;
    private final Arithmetic arithmetic;
    private final ColumnEntries entries;
    private final Datapath datapath;
    private final int[] terms;

    DatapathSums(ProductMatrix matrix, Arithmetic arithmetic) {
        this(matrix, arithmetic, matrix.entries());
    }

    private DatapathSums(ProductMatrix matrix, Arithmetic arithmetic, ColumnEntries entries) {
        this.matrix = matrix;
        this.arithmetic = arithmetic;
        this.entries = entries;
        datapath = arithmetic.datapath(matrix.codebook());
        terms = new int[matrix.codebook().length];
    }

    @Override
    public long add(int[] columns, int count, Numbers inputs, int offset, Numbers accumulators) {
        for (int i = 0; i < count; i++) {
            addColumn(columns[i], inputs.bits(offset + columns[i]), accumulators);
        }
        return datapath.takeSaturations();
    }

    @Override
    public long addBias(int column, Numbers accumulators) {
        addColumn(column, arithmetic.one(), accumulators);
        return datapath.takeSaturations();
    }

    private void addColumn(int column, int input, Numbers accumulators) {
        int from = entries.starts()[column];
        int end = entries.starts()[column + 1];
        boolean shared = end - from >= terms.length;
        for (int code = 1; shared && code < terms.length; code++) {
            terms[code] = datapath.multiply(datapath.weight(code), input);
        }
        for (int entry = from; entry < end; entry++) {
            int code = entries.codes()[entry] & 0xFF;
            int product = shared ? terms[code] : datapath.multiply(datapath.weight(code), input);
            int row = entries.rows()[entry];
            accumulators.setBits(row, datapath.add(accumulators.bits(row), product));
        }
    }

    @Override
    public ProductSums fork() {
        return new DatapathSums(matrix, arithmetic, entries);
    }
}
