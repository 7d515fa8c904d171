package org.eiesim.kernels.bits;

import java.io.IOException;

/**
 * A file or byte stream does not follow its format. The one checked exception for damaged or unsupported input: its
 * message is one line that says where (file, section, node) and, where it is known, at which byte offset.
 */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The offset of an exception that has none. */
    public static final long NO_OFFSET = -1;

    private final String section;
    private final long offset;
    private final String reason;

    /**
     * Makes an exception without a byte offset.
     *
     * @param section what was being read: a file, a section of it, a graph node
     * @param reason what is wrong, with expected and actual values, and what to do where that is not plain
     */
    public FormatException(String section, String reason) {
        this(section, NO_OFFSET, reason);
    }

    /**
     * Makes an exception.
     *
     * @param section what was being read: a file, a section of it, a graph node
     * @param offset byte offset from the start of that section's file, or {@link #NO_OFFSET}
     * @param reason what is wrong, with expected and actual values, and what to do where that is not plain
     */
    public FormatException(String section, long offset, String reason) {
        super(oneLine(offset < 0 ? section + ": " + reason : section + " at byte " + offset + ": " + reason));
        this.section = section;
        this.offset = offset;
        this.reason = reason;
    }

    /** Names that come from a damaged file may hold line feeds and terminal escapes. */
    private static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }

    /**
     * Returns what was being read.
     *
     * @return the file, section or node
     */
    public String section() {
        return section;
    }

    /**
     * Returns where the damage is.
     *
     * @return the byte offset, or {@link #NO_OFFSET}
     */
    public long offset() {
        return offset;
    }

    /**
     * Returns the same exception with the place prefixed by an outer one, such as a file's name.
     *
     * @param outer the outer place
     * @return a new exception, this one being its cause
     */
    public FormatException within(String outer) {
        FormatException wrapped = new FormatException(outer + ": " + section, offset, reason);
        wrapped.initCause(this);
        return wrapped;
    }
}
