package org.eiesim.compiler.container;

/**
 * The order in which a layer's positions are strung together for relative indices. A tensor of shape
 * {@code [outputs, d1, d2, ...]} is seen as a matrix of {@code outputs} rows and {@code d1 * d2 * ...} columns.
 */
public enum ScanOrder {
    /** Row after row: the order of the flattened tensor. */
    ROW_MAJOR,
    /** Column after column. */
    COLUMN_MAJOR
}
