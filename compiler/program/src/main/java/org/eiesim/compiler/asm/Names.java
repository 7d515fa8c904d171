package org.eiesim.compiler.asm;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Constants of enumerations as words of assembly. */
final class Names {
    private Names() {}

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> @Nullable E find(E[] constants, String word) {
        for (E constant : constants) {
            if (lower(constant).equals(word)) {
                return constant;
            }
        }
        return null;
    }

    static String all(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Names::lower).collect(Collectors.joining(", "));
    }
}
