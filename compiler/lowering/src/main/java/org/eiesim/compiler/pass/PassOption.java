package org.eiesim.compiler.pass;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eiesim.compiler.target.LoweringOptions;

/**
 * A choice that a pass offers. A machine's configuration makes it under the same name.
 *
 * @param name one word, no other pass's
 * @param text what is chosen, one sentence
 * @param type the choices
 * @param defaultValue what holds where nothing is chosen
 * @param <E> the choices
 */
public record PassOption<E extends Enum<E>>(String name, String text, Class<E> type, E defaultValue) {
    /**
     * Returns what was chosen.
     *
     * @param options all that was chosen
     * @return this option's choice, or its default
     * @throws IllegalArgumentException if what was chosen is of another type
     */
    public E of(LoweringOptions options) {
        Enum<?> chosen = options.choices().get(name);
        if (chosen == null) {
            return defaultValue;
        }
        if (!type.isInstance(chosen)) {
            throw new IllegalArgumentException("option " + name + " is " + chosen + ", not one of " + domain());
        }
        return type.cast(chosen);
    }

    /**
     * Returns the choices as a configuration names them.
     *
     * @return words separated by {@code |}
     */
    public String domain() {
        return Arrays.stream(type.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" | "));
    }
}
