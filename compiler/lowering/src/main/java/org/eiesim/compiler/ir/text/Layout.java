package org.eiesim.compiler.ir.text;

import java.util.List;

/**
 * A text and where it may be broken: on one line where it fits, else what stands between its brackets indented, things that
 * have parts on lines of their own.
 *
 * @param open what it begins with
 * @param items what stands between
 * @param close what it ends with
 */
record Layout(String open, List<Layout> items, String close) {
    private static final int MAX_COLUMNS = 120;
    private static final int INDENT = 2;

    static Layout leaf(String text) {
        return new Layout(text, List.of(), "");
    }

    /** Returns the same with something before it. */
    Layout after(String prefix) {
        return new Layout(prefix + open, items, close);
    }

    /** Appends it and a line feed. */
    void appendTo(StringBuilder text) {
        append(text, 0);
        text.append('\n');
    }

    private void append(StringBuilder text, int indent) {
        if (items.isEmpty() || indent + length() <= MAX_COLUMNS) {
            appendFlat(text);
            return;
        }
        text.append(open);
        String start = "\n" + " ".repeat(indent + INDENT);
        int column = MAX_COLUMNS;
        for (Layout item : items) {
            boolean goesOn = item.isLeaf() && column + 1 + item.length() <= MAX_COLUMNS;
            text.append(goesOn ? " " : start);
            item.append(text, indent + INDENT);
            column = !item.isLeaf() ? MAX_COLUMNS : (int) ((goesOn ? column + 1 : indent + INDENT) + item.length());
        }
        text.append('\n').append(" ".repeat(indent)).append(close);
    }

    private boolean isLeaf() {
        return items.isEmpty();
    }

    private void appendFlat(StringBuilder text) {
        text.append(open);
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : " ");
            items.get(i).appendFlat(text);
        }
        text.append(close);
    }

    private long length() {
        long length = (long) open.length() + close.length() + Math.max(0, items.size() - 1);
        for (Layout item : items) {
            length += item.length();
        }
        return length;
    }
}
