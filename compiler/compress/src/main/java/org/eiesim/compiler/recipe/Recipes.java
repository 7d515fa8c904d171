package org.eiesim.compiler.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.EditDistance;

/** Finds recipes by name or file. Those that come with the tool lie in recipes/ of the repository and in the jar. */
public final class Recipes {
    /** Shares and encodes what is already pruned; trains nothing. */
    public static final String SHARE_ONLY = "share-only";

    /** Prunes, retrains, shares weights and fine-tunes them. */
    public static final String DEEP_COMPRESSION = "deep-compression";

    private static final long MAX_FILE_BYTES = 1 << 22;
    private static final String FOLDER = "/org/eiesim/recipes/";

    private Recipes() {}

    /**
     * Returns the names of the recipes that come with the tool.
     *
     * @return names for {@link #load}
     */
    public static List<String> names() {
        return List.of(SHARE_ONLY, DEEP_COMPRESSION);
    }

    /**
     * Reads a recipe.
     *
     * @param nameOrFile one of {@link #names}, or the path of a YAML file
     * @return the recipe
     * @throws FormatException if there is no such recipe or file (the message has the nearest name), or it is not a
     *     recipe
     * @throws IOException if reading fails
     */
    public static Recipe load(String nameOrFile) throws IOException {
        return names().contains(nameOrFile) ? Recipe.parse(text(nameOrFile), nameOrFile) : fromFile(nameOrFile);
    }

    /**
     * Returns the text of a recipe that comes with the tool, with its comments.
     *
     * @param name one of {@link #names}
     * @return YAML
     * @throws IllegalArgumentException if there is none of that name
     */
    public static String text(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("no recipe \"" + name + "\", only " + String.join(", ", names()));
        }
        try (InputStream stream = Recipes.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            if (stream == null) {
                throw new IllegalStateException("the recipe " + FOLDER + name + ".yaml is missing from the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recipe fromFile(String name) throws IOException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new FormatException("recipe", "not a path: " + e.getMessage());
        }
        if (name.isEmpty() || !Files.isRegularFile(path)) {
            throw new FormatException(
                    name.isEmpty() ? "recipe" : name,
                    "is neither a file nor one of " + String.join(", ", names())
                            + EditDistance.hint("; did you mean %s?", name, names()));
        }
        Path folder = path.getParent();
        return Recipe.parse(YamlTree.text(path, MAX_FILE_BYTES), name, folder == null ? Path.of("") : folder);
    }
}
