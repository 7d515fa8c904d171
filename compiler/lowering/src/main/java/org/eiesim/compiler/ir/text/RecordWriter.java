package org.eiesim.compiler.ir.text;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eiesim.compiler.asm.Quoted;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Writes records by their components, so that a new kind of node or operation needs nothing here. */
final class RecordWriter {
    /** The component an operation's head takes the place of. */
    static final String NAME = "name";
    /** Stands for the values of a tensor that are those of the shared weights. */
    static final String SHARED = "shared";

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int MAX_DIGIT = 15;

    private final @Nullable Operation operation;

    /**
     * Makes a writer.
     *
     * @param operation the operation it writes, or null for other records
     */
    RecordWriter(@Nullable Operation operation) {
        this.operation = operation;
    }

    static String name(String name) {
        return WORD.matcher(name).matches() ? name : Quoted.quote(name);
    }

    static String shape(Shape shape) {
        return "[" + shape + "]";
    }

    Layout record(Record value) {
        List<Layout> fields = new ArrayList<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object field = get(component, value);
            boolean isHead = component.getName().equals(NAME) && isNamedByHead(value);
            if (field != null && !isHead && !isEmpty(field)) {
                String word = Kinds.word(component.getName());
                fields.add(term(field, component.getGenericType(), word).after(word + "="));
            }
        }
        return new Layout("(", fields, ")");
    }

    private boolean isNamedByHead(Record value) {
        return value == operation || (operation instanceof Operation.Source source && value == source.node());
    }

    private static boolean isEmpty(Object field) {
        return (field instanceof Collection<?> list && list.isEmpty())
                || (field instanceof Map<?, ?> map && map.isEmpty());
    }

    private static @Nullable Object get(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("component " + component + " cannot be read", e);
        }
    }

    private Layout term(Object value, Type type, String field) {
        if (value instanceof Tensor tensor) {
            Layout values =
                    isShared(tensor, field) ? Layout.leaf(SHARED) : term(tensor.values(), float[].class, "values");
            Layout extents = Layout.leaf("shape=" + shape(tensor.shape()));
            return new Layout("(", List.of(extents, values.after("values=")), ")");
        }
        if (value instanceof Record member) {
            boolean isOneOfMany = type instanceof Class<?> choices && choices.isSealed();
            return record(member)
                    .after(isOneOfMany ? Kinds.word(value.getClass().getSimpleName()) : "");
        }
        if (value instanceof Map<?, ?> map) {
            Type valueType = ((ParameterizedType) type).getActualTypeArguments()[1];
            List<Layout> entries = new ArrayList<>();
            for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                String key = entry.getKey().toString();
                entries.add(term(entry.getValue(), valueType, key).after(name(key) + "="));
            }
            return new Layout("(", entries, ")");
        }
        if (value instanceof List<?> list) {
            Type itemType = ((ParameterizedType) type).getActualTypeArguments()[0];
            return new Layout(
                    "[", list.stream().map(item -> term(item, itemType, field)).toList(), "]");
        }
        return value.getClass().isArray() && !(value instanceof byte[])
                ? array(value, field)
                : Layout.leaf(atom(value));
    }

    private Layout array(Object array, String field) {
        List<Layout> items = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            items.add(term(Array.get(array, i), Object.class, field));
        }
        return new Layout("[", items, "]");
    }

    private static String atom(Object value) {
        if (value instanceof String text) {
            return name(text);
        }
        if (value instanceof Float number) {
            return Numbers.text(number);
        }
        if (value instanceof Double number) {
            return Numbers.text(number);
        }
        if (value instanceof Enum<?> constant) {
            return Kinds.word(constant);
        }
        if (value instanceof Shape shape) {
            return shape(shape);
        }
        if (value instanceof byte[] codes) {
            return codes(codes);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new IllegalStateException("no text for " + value.getClass());
    }

    private static String codes(byte[] codes) {
        boolean areDigits = true;
        for (byte code : codes) {
            areDigits &= code >= 0 && code <= MAX_DIGIT;
        }
        StringBuilder text = new StringBuilder(areDigits ? "\"" : "\"x");
        for (byte code : codes) {
            if (!areDigits) {
                text.append(Character.forDigit((code & 0xFF) >> 4, 16));
            }
            text.append(Character.forDigit(code & 0xF, 16));
        }
        return text.append('"').toString();
    }

    /** Says whether a parameter of a node has just the values of its shared weights. */
    private boolean isShared(Tensor tensor, String field) {
        if (!(operation instanceof Operation.Source source)) {
            return false;
        }
        SharedWeights weights = source.weights().get(field);
        return weights != null
                && tensor.equals(source.node().parameters().get(field))
                && Arrays.equals(weights.decode(), tensor.values());
    }
}
