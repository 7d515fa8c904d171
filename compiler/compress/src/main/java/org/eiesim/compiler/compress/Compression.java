package org.eiesim.compiler.compress;

import java.util.Set;
import java.util.stream.Collectors;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.models.network.Node;
import org.eiesim.models.train.Checkpoints;
import org.eiesim.models.train.Seeds;
import org.eiesim.models.train.TrainingOptions;

/** Applies a method of any kind to a network. */
public final class Compression {
    private Compression() {}

    /**
     * Applies a method.
     *
     * @param state the network and what is in force
     * @param method the method
     * @param application layers and values
     * @param context data and who listens
     * @return the network and what is in force afterwards
     * @throws IllegalArgumentException if a value or the data it needs is missing; the message says which
     */
    public static CompressionState apply(
            CompressionState state, Method method, Application application, CompressionContext context) {
        if (method instanceof Parametrization parametrization) {
            return parametrize(state, parametrization, application, context);
        }
        if (method instanceof Transformation transformation) {
            return transformation.transform(state, application, context);
        }
        if (method instanceof Objective objective) {
            return state.withObjective(method.description().name(), objective.objective(state, application));
        }
        if (method instanceof Search search) {
            Checkpoints.Part part = context.checkpoints().next();
            Search.Choices kept = KeptChoices.read(part, state);
            Search.Choices choices = kept == null ? search.search(state, application, context) : kept;
            if (kept == null) {
                KeptChoices.write(part, choices);
            }
            return state.withChoices(choices);
        }
        if (method instanceof Training training) {
            return training.train(state, application, context);
        }
        throw new IllegalArgumentException(
                "unknown kind of method " + method.description().name());
    }

    private static CompressionState parametrize(
            CompressionState start, Parametrization method, Application application, CompressionContext context) {
        CompressionState state = start;
        int numRounds = method.numRounds(application);
        for (int round = 1; round <= numRounds; round++) {
            context.listener().onRound(round, numRounds);
            state = state.withParametrizations(method.parametrize(state, application, round));
            int numEpochs = method.numEpochs(application, round);
            if (numEpochs > 0) {
                state = retrain(state, method, application, round == numRounds, numEpochs, round, context);
            }
        }
        return state;
    }

    /** Retrains the whole network: what one layer loses others can make up for. */
    private static CompressionState retrain(
            CompressionState state,
            Parametrization method,
            Application application,
            boolean lastRound,
            int numEpochs,
            int round,
            CompressionContext context) {
        Settings settings = application.settings();
        TrainingOptions options =
                RetrainParameters.options(settings, numEpochs, !lastRound, Seeds.derive(application.seed(), round));
        Set<String> allNodes = state.network().nodes().stream().map(Node::name).collect(Collectors.toSet());
        return Retraining.train(
                state,
                allNodes,
                options,
                settings.get(RetrainParameters.ADJUST_DROPOUT),
                method.description().name(),
                context);
    }
}
