package org.eiesim.compiler.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Compression;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.CostModels;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.Checkpoints;
import org.eiesim.models.train.Seeds;
import org.eiesim.models.train.Trainer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a recipe on a network. The same network, recipe and data give the same compressed network, bit for bit, on one
 * machine; recipes that do not train, on any machine.
 */
public final class RecipeRunner {
    /** The part of the training images that epochs and searches are chosen by. */
    public static final double VALIDATION_FRACTION = 0.1;

    private RecipeRunner() {}

    /**
     * Runs a recipe.
     *
     * @param network the network; all its parameters finite
     * @param recipe what to do
     * @param data images for methods that need them, or null. Only the training images are looked at; the last tenth of
     *     them is kept apart for choosing epochs and searching
     * @param threads threads for what can be done side by side, at least 1; the result does not depend on it
     * @param toolVersion the version that goes into the provenance
     * @param listener is told how it goes on
     * @return the compressed network; layers that no share-weights reached keep their float32 weights
     * @throws FormatException if the recipe names a layer the network does not have; nothing has been trained then,
     *     unless a transformation comes before
     * @throws IllegalArgumentException if a parameter is not finite, or a method lacks data or a value; one line
     */
    public static CompressedNetwork run(
            Network network,
            Recipe recipe,
            @Nullable DatasetPair data,
            int threads,
            String toolVersion,
            RecipeListener listener)
            throws FormatException {
        return run(network, recipe, data, threads, toolVersion, listener, CostModels.NONE);
    }

    /**
     * Runs a recipe whose searches may ask what candidates cost on a machine.
     *
     * @param network the network; all its parameters finite
     * @param recipe what to do
     * @param data images for methods that need them, or null, used as above
     * @param threads threads for what can be done side by side, at least 1; the result does not depend on it
     * @param toolVersion the version that goes into the provenance
     * @param listener is told how it goes on
     * @param costs makes the machine's cost models
     * @return the compressed network; layers that no share-weights reached keep their float32 weights
     * @throws FormatException as above
     * @throws IllegalArgumentException as above
     */
    public static CompressedNetwork run(
            Network network,
            Recipe recipe,
            @Nullable DatasetPair data,
            int threads,
            String toolVersion,
            RecipeListener listener,
            CostModels costs)
            throws FormatException {
        return run(network, recipe, data, threads, toolVersion, listener, costs, Checkpoints.NONE);
    }

    /**
     * Runs a recipe and keeps what is finished of it, or goes on after what is kept; the result is the same.
     *
     * @param network as above
     * @param recipe as above
     * @param data as above
     * @param threads as above
     * @param toolVersion as above
     * @param listener is told of what is run; methods that are quick are run again
     * @param costs as above
     * @param checkpoints keeps every epoch, and what searches choose
     * @return the compressed network
     * @throws FormatException as above
     * @throws IllegalArgumentException as above
     */
    public static CompressedNetwork run(
            Network network,
            Recipe recipe,
            @Nullable DatasetPair data,
            int threads,
            String toolVersion,
            RecipeListener listener,
            CostModels costs,
            Checkpoints checkpoints)
            throws FormatException {
        requireFinite(network);
        List<List<Recipe.Step>> applications = applications(recipe);
        checkLayers(network, recipe, applications);
        CompressionContext context = context(data, threads, listener, costs, checkpoints);
        CompressionState state = CompressionState.of(network);
        for (int index = 0; index < applications.size(); index++) {
            List<Recipe.Step> entries = applications.get(index);
            Method method = Methods.named(entries.get(0).method());
            Application application =
                    resolve(state, recipe, entries, method.description(), Seeds.derive(recipe.seed(), index));
            List<String> names =
                    application.keys().stream().map(ParameterKey::layerName).toList();
            listener.onStart(index, applications.size(), method.description().name(), names);
            state = Compression.apply(state, method, application, context);
            listener.onEnd(index, applications.size(), state);
        }
        return new CompressedNetwork(
                state.network(),
                state.compressedLayers(),
                new Provenance(network.name(), recipe.toYaml(), recipe.seed(), toolVersion));
    }

    private static void requireFinite(Network network) {
        for (Map.Entry<ParameterKey, Tensor> parameter : network.parameters().entrySet()) {
            float[] values = parameter.getValue().values();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new IllegalArgumentException("network " + network.name() + ": parameter " + parameter.getKey()
                            + " holds " + values[i] + " at position " + i);
                }
            }
        }
    }

    private static CompressionContext context(
            @Nullable DatasetPair data,
            int threads,
            RecipeListener listener,
            CostModels costs,
            Checkpoints checkpoints) {
        if (data == null || data.train() == null) {
            return new CompressionContext(null, null, threads, listener, costs, checkpoints);
        }
        Trainer.Split split = Trainer.split(data.train(), VALIDATION_FRACTION);
        return new CompressionContext(split.train(), split.validation(), threads, listener, costs, checkpoints);
    }

    /** Joins entries into applications by the rule in {@link Recipe}. */
    static List<List<Recipe.Step>> applications(Recipe recipe) {
        List<List<Recipe.Step>> applications = new ArrayList<>();
        for (Recipe.Step step : recipe.steps()) {
            boolean joins = !applications.isEmpty()
                    && !step.layers().isEmpty()
                    && applications.get(applications.size() - 1).get(0).method().equals(step.method())
                    && Methods.named(step.method()).description().hasLayerParameters();
            if (!joins) {
                applications.add(new ArrayList<>());
            }
            applications.get(applications.size() - 1).add(step);
        }
        return applications;
    }

    /** Finds layers that do not exist before anything long has begun. Transformations may make new layers. */
    private static void checkLayers(Network network, Recipe recipe, List<List<Recipe.Step>> applications)
            throws FormatException {
        for (List<Recipe.Step> entries : applications) {
            for (Recipe.Step entry : entries) {
                match(network, recipe, entry);
            }
            Method method = Methods.named(entries.get(0).method());
            if (method.description().kind() == MethodKind.TRANSFORMATION) {
                return;
            }
        }
    }

    private static List<ParameterKey> match(Network network, Recipe recipe, Recipe.Step entry) throws FormatException {
        try {
            return LayerPatterns.match(entry.layers(), network.weights().keySet());
        } catch (IllegalArgumentException e) {
            throw new FormatException(recipe.where() + " line " + entry.line(), String.valueOf(e.getMessage()));
        }
    }

    private static Application resolve(
            CompressionState state, Recipe recipe, List<Recipe.Step> entries, Method.Description method, long seed)
            throws FormatException {
        Map<ParameterKey, Map<String, Object>> choices = state.choices().getOrDefault(method.name(), Map.of());
        Settings stepSettings = Settings.defaults(method.parameters());
        Map<ParameterKey, Settings> settings = new LinkedHashMap<>();
        for (Recipe.Step entry : entries) {
            stepSettings = stepSettings.with(ofScope(entry, method, Scope.STEP));
            Map<String, Object> ofLayers = ofScope(entry, method, Scope.LAYER);
            for (ParameterKey key : match(state.network(), recipe, entry)) {
                Settings before = settings.get(key);
                if (before == null) {
                    before = Settings.defaults(method.parameters()).with(choices.getOrDefault(key, Map.of()));
                }
                settings.put(key, before.with(ofLayers));
            }
        }
        Map<ParameterKey, Settings> ordered = new LinkedHashMap<>();
        for (ParameterKey key : state.network().weights().keySet()) {
            Settings own = settings.get(key);
            if (own != null) {
                ordered.put(key, own);
            }
        }
        return new Application(stepSettings, ordered, seed);
    }

    private static Map<String, Object> ofScope(Recipe.Step entry, Method.Description method, Scope scope) {
        Map<String, Object> values = new LinkedHashMap<>();
        entry.parameters().forEach((name, value) -> {
            if (method.parameters().byKey(name).reach() == scope) {
                values.put(name, value);
            }
        });
        return values;
    }
}
