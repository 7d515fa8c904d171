package org.eiesim.models.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/**
 * The header text of a {@code .npy} file: a Python dictionary with exactly the keys {@code descr},
 * {@code fortran_order} and {@code shape}, in any order.
 *
 * @param descriptor the element type, such as {@code <f4}
 * @param shape the extents
 */
record NpyHeader(String descriptor, Shape shape) {
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_RANK = 32;
    private static final Pattern ITEM = Pattern.compile(
            "\\s*'(\\w{1,20})'\\s*:\\s*(?:'([!-&(-~]{1,40})'|(True|False)|\\(([0-9, ]*)\\))\\s*(,|(?=\\}))");

    /**
     * Parses a header.
     *
     * @param text the text
     * @param name the file's name, for messages
     * @param offset where in the file the text starts
     * @return the header
     * @throws FormatException if the text does not follow the format, or the array is not in C order
     */
    static NpyHeader parse(String text, String name, int offset) throws FormatException {
        String trimmed = text.strip();
        if (trimmed.length() > MAX_LENGTH || !trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            throw new FormatException(name, offset, "header is not a short dictionary");
        }
        String descriptor = null;
        Boolean fortranOrder = null;
        Shape shape = null;
        Matcher matcher = ITEM.matcher(trimmed);
        int position = 1;
        while (matcher.region(position, trimmed.length()).lookingAt()) {
            String key = matcher.group(1);
            if (key.equals("descr") && matcher.group(2) != null && descriptor == null) {
                descriptor = matcher.group(2);
            } else if (key.equals("fortran_order") && matcher.group(3) != null && fortranOrder == null) {
                fortranOrder = Boolean.valueOf(matcher.group(3));
            } else if (key.equals("shape") && matcher.group(4) != null && shape == null) {
                shape = parseShape(matcher.group(4), name, offset);
            } else {
                throw new FormatException(name, offset, "header has an unexpected '" + key + "'");
            }
            position = matcher.end();
        }
        if (!trimmed.substring(position).strip().equals("}")) {
            throw new FormatException(name, offset, "header is not a dictionary of descr, fortran_order and shape");
        }
        if (descriptor == null || fortranOrder == null || shape == null) {
            throw new FormatException(name, offset, "header lacks descr, fortran_order or shape");
        }
        if (fortranOrder && shape.rank() > 1) {
            throw new FormatException(name, offset, "the array is in Fortran order; save it in C order");
        }
        return new NpyHeader(descriptor, shape);
    }

    private static Shape parseShape(String text, String name, int offset) throws FormatException {
        List<Integer> extents = new ArrayList<>();
        try {
            for (String part : text.split(",")) {
                if (!part.isBlank()) {
                    extents.add(Integer.parseInt(part.strip()));
                }
            }
            if (extents.size() <= MAX_RANK) {
                return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException(name, offset, "shape (" + text.strip() + ") is not one an array can have");
        }
        throw new FormatException(name, offset, "shape has " + extents.size() + " axes, more than " + MAX_RANK);
    }
}
