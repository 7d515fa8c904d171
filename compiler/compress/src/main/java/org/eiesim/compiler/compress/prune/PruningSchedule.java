package org.eiesim.compiler.compress.prune;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.ParameterSpec;
import org.eiesim.compiler.compress.RetrainParameters;
import org.eiesim.compiler.compress.Settings;

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

    private PruningSchedule() {}

    /** Returns a pruning method's parameters: its own, those of the schedule, those of retraining. */
    static List<ParameterSpec> parameters(List<ParameterSpec> own) {
        List<ParameterSpec> all = new ArrayList<>(own);
        all.add(ParameterSpec.choice(
                "schedule",
                ONE_SHOT,
                List.of(ONE_SHOT, ITERATIVE, POLYNOMIAL),
                "How pruning grows: at once, in equal ratios, or fast first and slow last (1 - (1 - r/n)^3)."));
        all.add(ParameterSpec.integer("rounds", 5, 1, 10_000, "Rounds of schedule iterative or polynomial."));
        all.add(ParameterSpec.integer(
                "round-epochs", 1, 0, 100_000, "Retraining epochs after each round but the last, at a constant rate."));
        all.addAll(RetrainParameters.afterCompression());
        return all;
    }

    static int numRounds(Application application) {
        Settings settings = application.settings();
        return settings.word("schedule").equals(ONE_SHOT) ? 1 : settings.integer("rounds");
    }

    static int numEpochs(Application application, int round) {
        return application.settings().integer(round == numRounds(application) ? "epochs" : "round-epochs");
    }

    /** Returns the density of a round for the final density. */
    static double density(Application application, int round, double finalDensity) {
        double progress = (double) round / numRounds(application);
        return application.settings().word("schedule").equals(POLYNOMIAL)
                ? finalDensity + (1 - finalDensity) * StrictMath.pow(1 - progress, 3)
                : StrictMath.pow(finalDensity, progress);
    }

    /** Returns the threshold of a round for the final threshold. */
    static double threshold(Application application, int round, double finalThreshold) {
        double progress = (double) round / numRounds(application);
        return application.settings().word("schedule").equals(POLYNOMIAL)
                ? finalThreshold * (1 - StrictMath.pow(1 - progress, 3))
                : finalThreshold * progress;
    }
}
