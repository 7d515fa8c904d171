package org.eiesim.compiler.compress.prune;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.RetrainParameters;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.parameter.WordDomain;

/**
 * How pruning grows over rounds r = 1..n, each followed by retraining, towards the final density d or threshold s:
 *
 * <pre>
 * one-shot     n = 1
 * iterative    density d^(r/n)                           threshold s * r/n
 * polynomial   density d + (1 - d) * (1 - r/n)^3         threshold s * (1 - (1 - r/n)^3)
 * </pre>
 *
 * <p>Source: Learning both Weights and Connections (iterative); Zhu and Gupta, To prune or not to prune (polynomial).
 */
final class PruningSchedule {
    static final String ONE_SHOT = "one-shot";
    static final String ITERATIVE = "iterative";
    static final String POLYNOMIAL = "polynomial";

    private static final Parameter<String> SCHEDULE = new Parameter<>(
            "schedule",
            WordDomain.Words.of(ONE_SHOT, ITERATIVE, POLYNOMIAL),
            ONE_SHOT,
            "",
            Scope.STEP,
            "How pruning grows: at once, in equal ratios, or fast first and slow last (1 - (1 - r/n)^3).");
    private static final Parameter<Integer> ROUNDS = new Parameter<>(
            "rounds",
            new NumberDomain.Integers(1, 10_000),
            5,
            "",
            Scope.STEP,
            "Rounds of schedule iterative or polynomial.");
    private static final Parameter<Integer> ROUND_EPOCHS = new Parameter<>(
            "round-epochs",
            new NumberDomain.Integers(0, 100_000),
            1,
            "",
            Scope.STEP,
            "Retraining epochs after each round but the last, at a constant rate.");

    private PruningSchedule() {}

    /** Returns a pruning method's parameters: its own, those of the schedule, those of retraining. */
    static List<Parameter<?>> parameters(List<Parameter<Double>> own) {
        List<Parameter<?>> all = new ArrayList<>(own);
        all.addAll(List.of(SCHEDULE, ROUNDS, ROUND_EPOCHS));
        all.addAll(RetrainParameters.afterCompression());
        return all;
    }

    static int numRounds(Application application) {
        Settings settings = application.settings();
        return settings.get(SCHEDULE).equals(ONE_SHOT) ? 1 : settings.get(ROUNDS);
    }

    static int numEpochs(Application application, int round) {
        return application.settings().get(round == numRounds(application) ? RetrainParameters.EPOCHS : ROUND_EPOCHS);
    }

    /** Returns the density of a round for the final density. */
    static double density(Application application, int round, double finalDensity) {
        double progress = (double) round / numRounds(application);
        return application.settings().get(SCHEDULE).equals(POLYNOMIAL)
                ? finalDensity + (1 - finalDensity) * StrictMath.pow(1 - progress, 3)
                : StrictMath.pow(finalDensity, progress);
    }

    /** Returns the threshold of a round for the final threshold. */
    static double threshold(Application application, int round, double finalThreshold) {
        double progress = (double) round / numRounds(application);
        return application.settings().get(SCHEDULE).equals(POLYNOMIAL)
                ? finalThreshold * (1 - StrictMath.pow(1 - progress, 3))
                : finalThreshold * progress;
    }
}
