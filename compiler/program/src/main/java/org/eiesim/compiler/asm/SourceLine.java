package org.eiesim.compiler.asm;

import org.eiesim.kernels.bits.FormatException;

/**
 * One line of a text that is read: assembly, or the form between the passes.
 *
 * @param number from 1
 * @param text its characters, without the line's end
 */
public record SourceLine(int number, String text) {
    private static final int MAX_SHOWN = 160;

    /**
     * Makes the error for something wrong in this line.
     *
     * @param column where, from 1
     * @param reason what is wrong
     * @return {@code line:column: reason, in: source}
     */
    public FormatException error(int column, String reason) {
        String shown = text.strip();
        if (shown.length() > MAX_SHOWN) {
            shown = shown.substring(0, MAX_SHOWN) + "...";
        }
        return new FormatException(number + ":" + column, reason + ", in: " + shown);
    }
}
