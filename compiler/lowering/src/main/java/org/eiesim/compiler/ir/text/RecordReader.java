package org.eiesim.compiler.ir.text;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Makes records of terms, by the records' components; the way back of {@link RecordWriter}. */
final class RecordReader {
    private static final String NO_KIND = "";

    private final String head;
    /** The weights of the source that is being read, by role. */
    private Map<?, ?> shared = Map.of();

    /**
     * Makes a reader.
     *
     * @param head the name that stands before the operation
     */
    RecordReader(String head) {
        this.head = head;
    }

    /** Reads an operation. */
    Operation operation(Term term) throws FormatException {
        return (Operation) oneOf(Operation.class, term);
    }

    /** Reads a record that is the only one of its kind. */
    <R extends Record> R record(Class<R> type, Term term) throws FormatException {
        return type.cast(record(type, fields(term, NO_KIND), false));
    }

    private Object oneOf(Class<?> type, Term term) throws FormatException {
        Map<String, Class<?>> kinds = Kinds.of(type);
        List<String> words = List.copyOf(kinds.keySet());
        if (!(term instanceof Term.Fields fields) || fields.kind().isEmpty()) {
            throw term.expected("one of " + String.join(", ", words));
        }
        Class<?> kind = kinds.get(fields.kind());
        if (kind == null) {
            throw fields.place()
                    .error("no kind is called \"" + fields.kind() + "\""
                            + EditDistance.hint(", did you mean %s?", fields.kind(), words) + "; there are "
                            + String.join(", ", words));
        }
        return record(kind, fields, type == Operation.class || type == Node.class);
    }

    private static Term.Fields fields(Term term, String kind) throws FormatException {
        if (!(term instanceof Term.Fields fields) || !fields.kind().equals(kind)) {
            throw term.expected("a record in parentheses");
        }
        return fields;
    }

    private Object record(Class<?> type, Term.Fields fields, boolean isNamedByHead) throws FormatException {
        RecordComponent[] components = type.getRecordComponents();
        requireKnown(components, fields);
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        // Weights stand last and are read first: tensors refer to them.
        for (int i = components.length - 1; i >= 0; i--) {
            types[i] = components[i].getType();
            boolean isHead = isNamedByHead
                    && type != Operation.Source.class
                    && components[i].getName().equals(RecordWriter.NAME);
            arguments[i] = isHead ? head : argument(components[i], fields);
            if (type == Operation.Source.class && arguments[i] instanceof Map<?, ?> weights) {
                shared = weights;
            }
        }
        Object made = make(type, types, arguments, fields.place());
        if (made instanceof SharedWeights weights) {
            requireCodes(weights, fields.place());
        }
        return made;
    }

    private static Object make(Class<?> type, Class<?>[] types, @Nullable Object[] arguments, Term.Place place)
            throws FormatException {
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                throw place.error(String.valueOf(cause.getMessage()));
            }
            throw new IllegalStateException(type + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static void requireKnown(RecordComponent[] components, Term.Fields fields) throws FormatException {
        List<String> words = Arrays.stream(components)
                .map(component -> Kinds.word(component.getName()))
                .toList();
        for (Map.Entry<String, Term> field : fields.fields().entrySet()) {
            if (!words.contains(field.getKey())) {
                throw field.getValue()
                        .place()
                        .error("no field is called \"" + field.getKey() + "\""
                                + EditDistance.hint(", did you mean %s?", field.getKey(), words) + "; there are "
                                + String.join(", ", words));
            }
        }
    }

    private static void requireCodes(SharedWeights weights, Term.Place place) throws FormatException {
        for (int i = 0; i < weights.codes().length; i++) {
            int size = weights.codebookOf(i / weights.columns()).length;
            if ((weights.codes()[i] & 0xFF) >= size) {
                throw place.error("code " + (weights.codes()[i] & 0xFF) + " in a codebook of " + size);
            }
        }
    }

    private @Nullable Object argument(RecordComponent component, Term.Fields fields) throws FormatException {
        String word = Kinds.word(component.getName());
        Term term = fields.fields().get(word);
        if (term != null) {
            return read(component.getGenericType(), term, word);
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        if (component.getType() == List.class) {
            return List.of();
        }
        if (Map.class.isAssignableFrom(component.getType())) {
            return new TreeMap<>();
        }
        throw fields.place().error("the field " + word + " is missing");
    }

    private Object read(Type type, Term term, String field) throws FormatException {
        if (type instanceof ParameterizedType container) {
            Type[] arguments = container.getActualTypeArguments();
            return container.getRawType() == List.class
                    ? list(arguments[0], term, field)
                    : map(arguments[1], fields(term, NO_KIND));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Tensor.class) {
            return tensor(fields(term, NO_KIND), field);
        }
        if (plain.isSealed()) {
            return oneOf(plain, term);
        }
        if (plain.isRecord()) {
            return record(plain, fields(term, NO_KIND), false);
        }
        return plain.isArray() && plain != byte[].class
                ? array(plain.getComponentType(), term, field)
                : Atoms.read(plain, term);
    }

    private List<Object> list(Type type, Term term, String field) throws FormatException {
        List<Object> list = new ArrayList<>();
        for (Term item : items(term)) {
            list.add(read(type, item, field));
        }
        return list;
    }

    private Object array(Class<?> type, Term term, String field) throws FormatException {
        List<Term> items = items(term);
        Object array = Array.newInstance(type, items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, read(type, items.get(i), field));
        }
        return array;
    }

    private static List<Term> items(Term term) throws FormatException {
        if (!(term instanceof Term.Items items)) {
            throw term.expected("a list in brackets");
        }
        return items.items();
    }

    private SortedMap<String, Object> map(Type type, Term.Fields fields) throws FormatException {
        SortedMap<String, Object> map = new TreeMap<>();
        for (Map.Entry<String, Term> entry : fields.fields().entrySet()) {
            map.put(entry.getKey(), read(type, entry.getValue(), entry.getKey()));
        }
        return map;
    }

    private Object tensor(Term.Fields fields, String role) throws FormatException {
        if (!(fields.fields().get("values") instanceof Term.Atom atom) || !atom.isWord(RecordWriter.SHARED)) {
            return record(Tensor.class, fields, false);
        }
        Term shape = fields.fields().get("shape");
        if (shape == null || fields.fields().size() != 2) {
            throw fields.place().error("a tensor has the fields shape and values");
        }
        if (!(shared.get(role) instanceof SharedWeights weights)) {
            throw atom.place().error("the node has no shared weights " + role);
        }
        try {
            return new Tensor(Atoms.shape(shape), weights.decode());
        } catch (IllegalArgumentException e) {
            throw fields.place().error(String.valueOf(e.getMessage()));
        }
    }
}
