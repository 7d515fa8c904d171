package org.eiesim.models.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eiesim.models.network.ValueNames;
import org.jspecify.annotations.Nullable;

/** Chooses the names users see. Names are unique, of one line, and hold no slashes, so that files can bear them. */
final class LayerNames {
    private static final Pattern WEIGHT = Pattern.compile("(.+)[._/](?:weights?|kernel|W)(?::0)?");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * Chooses a node's name: its own unless that was made up by an exporter (a path such as {@code /fc1/Gemm}, or the
     * operator's name with a number), else that of its weight tensor without the ending {@code .weight}, else its own
     * after all, else that of its output.
     *
     * @param node the node
     * @param weight the name of its weight tensor, or null
     * @return the name, now taken
     */
    String choose(OnnxNode node, @Nullable String weight) {
        String own = node.name();
        boolean made = own.isEmpty() || own.contains("/") || own.matches(node.operator() + "[_.]?[0-9]*");
        if (made && weight != null) {
            Matcher matcher = WEIGHT.matcher(weight);
            if (matcher.matches()) {
                return take(matcher.group(1));
            }
        }
        return take(own.isEmpty() ? node.output() : own);
    }

    /**
     * Takes a name.
     *
     * @param wanted the name wished for
     * @return that name in a clean form, with a number from 2 on where it was taken already
     */
    String take(String wanted) {
        String clean = clean(wanted);
        String name = clean;
        while (!taken.add(name)) {
            name = clean + "_" + numbers.merge(clean, 2, (last, first) -> last + 1);
        }
        return name;
    }

    /** Replaces what does not belong into a name. */
    static String clean(String name) {
        return ValueNames.clean(name);
    }

    /** Shortens a name for a message. */
    static String shorten(String name) {
        return ValueNames.shorten(name);
    }
}
