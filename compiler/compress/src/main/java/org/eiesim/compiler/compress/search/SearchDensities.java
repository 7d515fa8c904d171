package org.eiesim.compiler.compress.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.compress.CostModels;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.ParameterSpec;
import org.eiesim.compiler.compress.Search;
import org.eiesim.compiler.compress.Settings;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ParameterKey;

/**
 * Chooses each layer's density for {@link MagnitudePrune} so that the network's cost (cycles or energy on a machine, or
 * bytes of the file) is within a budget and its accuracy without retraining as high as can be found. The cost is brought
 * down in equal steps; for each step every layer alone proposes the mildest pruning that reaches it, and the proposal of
 * the highest accuracy is taken (of equals, the cheapest, then the first). Then some layers at a time are changed at
 * random, by up to 8 levels, and pruned further where that breaks the budget; a change that raises accuracy is kept.
 * Levels are densities {@code 2^(-l/4)}.
 *
 * <p>Source: NetAdapt (Yang et al., ECCV 2018), algorithm 1. Differs from the paper: densities instead of filters, no
 * fine-tuning between steps, and the random changes at the end.
 */
public final class SearchDensities implements Search {
    private static final String COST = "cost";
    private static final String BUDGET = "budget";
    private static final String STEPS = "steps";
    private static final String MUTATIONS = "mutations";
    private static final String IMAGES = "images";
    private static final String INPUTS = "cost-inputs";
    private static final String LIVE_DENSITY = "live-density";
    private static final String BYTES = "bytes";
    /** The most levels a mutation moves a layer by: a factor of 4 in density. */
    private static final int MAX_STRIDE = 8;

    private static final Description DESCRIPTION = new Description(
            "search-densities",
            MethodKind.SEARCH,
            "Chooses each layer's density for magnitude-prune so that cycles, energy or file bytes keep a budget and"
                    + " accuracy without retraining is high.",
            "NetAdapt, algorithm 1",
            List.of(
                    ParameterSpec.choice(
                            COST,
                            "cycles",
                            List.of("cycles", "energy", BYTES),
                            "What the budget is counted in: cycles or energy on the machine, or bytes of the file."),
                    ParameterSpec.number(
                            BUDGET, 0.25, 0, false, 1, "The share of the unpruned network's cost to keep to."),
                    ParameterSpec.integer(STEPS, 16, 1, 1000, "Steps in which the cost is brought down."),
                    ParameterSpec.integer(MUTATIONS, 50, 0, 1_000_000, "Random changes tried at the end."),
                    ParameterSpec.integer(
                            IMAGES,
                            1000,
                            1,
                            Integer.MAX_VALUE,
                            "The greatest number of validation images to measure accuracy on."),
                    ParameterSpec.integer(
                            INPUTS, 10, 1, 100_000, "How many of them the machine runs to measure cycles or energy."),
                    ParameterSpec.number(
                            LIVE_DENSITY,
                            null,
                            0,
                            true,
                            1,
                            "Instead of running images, take this share of every layer's inputs for live: faster, and"
                                    + " only an estimate.")));

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Choices search(CompressionState state, Application application, CompressionContext context) {
        Settings settings = application.settings();
        Dataset all = context.requireValidation(DESCRIPTION.name());
        Dataset images = all.range(0, Math.min(all.size(), settings.integer(IMAGES)));
        Candidates candidates = new Candidates(
                state, images, context.threads(), costModel(settings, images, context, application.seed()));
        Map<ParameterKey, Integer> levels = new LinkedHashMap<>();
        application.keys().forEach(key -> levels.put(key, 0));
        double start = candidates.cost(levels);
        double budget = settings.number(BUDGET) * start;
        int numSteps = settings.integer(STEPS);
        for (int step = 1; step <= numSteps; step++) {
            double target = step == numSteps ? budget : start - (start - budget) * step / numSteps;
            if (!bringDown(levels, target, candidates)) {
                throw new IllegalArgumentException("method " + DESCRIPTION.name() + ": the least cost found is "
                        + candidates.cost(levels) + " " + candidates.unit() + " an input, the budget is "
                        + budget + " of " + start + "; raise " + BUDGET);
            }
        }
        mutate(levels, budget, settings.integer(MUTATIONS), new SplittableRandom(application.seed()), candidates);
        Map<ParameterKey, Map<String, Object>> values = new LinkedHashMap<>();
        levels.forEach((key, level) -> values.put(key, Map.of(Candidates.DENSITY, Candidates.density(level))));
        return new Choices(MagnitudePrune.NAME, values);
    }

    private static CostModel costModel(Settings settings, Dataset images, CompressionContext context, long seed) {
        String cost = settings.word(COST);
        if (cost.equals(BYTES)) {
            return new FileBytes();
        }
        CostModels.Measure measure = CostModels.Measure.valueOf(cost.toUpperCase(Locale.ROOT));
        if (settings.has(LIVE_DENSITY)) {
            return context.costs().expected(measure, settings.number(LIVE_DENSITY), seed);
        }
        int numInputs = Math.min(images.size(), settings.integer(INPUTS));
        int length = images.sampleShape().size();
        float[] inputs = new float[Math.multiplyExact(numInputs, length)];
        for (int i = 0; i < numInputs; i++) {
            images.copySample(i, inputs, i * length);
        }
        return context.costs().sampled(measure, inputs, numInputs);
    }

    /** Prunes more until the cost is at most the target; returns whether it could be reached. */
    private static boolean bringDown(Map<ParameterKey, Integer> levels, double target, Candidates candidates) {
        double cost = candidates.cost(levels);
        while (cost > target) {
            Map<ParameterKey, Integer> best = null;
            boolean reached = false;
            double bestAccuracy = -1;
            double bestCost = cost;
            for (ParameterKey key : List.copyOf(levels.keySet())) {
                Map<ParameterKey, Integer> proposal = proposal(levels, key, target, candidates);
                double proposed = candidates.cost(proposal);
                boolean reaches = proposed <= target;
                if (proposed >= cost || (reached && !reaches)) {
                    continue;
                }
                double accuracy = candidates.accuracy(proposal);
                // What reaches the target beats what does not; then accuracy counts, then cost.
                boolean better = (reaches && !reached)
                        || accuracy > bestAccuracy
                        || (accuracy == bestAccuracy && proposed < bestCost);
                if (better) {
                    best = proposal;
                    reached = reaches;
                    bestAccuracy = accuracy;
                    bestCost = proposed;
                }
            }
            if (best == null) {
                return false;
            }
            levels.putAll(best);
            cost = bestCost;
        }
        return true;
    }

    /** Prunes one layer just enough, or as much as it can be. */
    private static Map<ParameterKey, Integer> proposal(
            Map<ParameterKey, Integer> levels, ParameterKey key, double target, Candidates candidates) {
        Map<ParameterKey, Integer> proposal = new LinkedHashMap<>(levels);
        while (candidates.cost(proposal) > target && proposal.getOrDefault(key, 0) < Candidates.MAX_LEVEL) {
            proposal.merge(key, 1, Integer::sum);
        }
        return proposal;
    }

    /** A (1+1) evolution strategy: changes some layers at random, comes back to the budget, and keeps what is better. */
    private static void mutate(
            Map<ParameterKey, Integer> levels,
            double budget,
            int numMutations,
            SplittableRandom random,
            Candidates candidates) {
        List<ParameterKey> keys = new ArrayList<>(levels.keySet());
        double accuracy = candidates.accuracy(levels);
        for (int i = 0; i < numMutations; i++) {
            Map<ParameterKey, Integer> mutant = new LinkedHashMap<>(levels);
            mutant.replaceAll((key, level) -> random.nextBoolean()
                    ? Math.max(0, Math.min(Candidates.MAX_LEVEL, level + random.nextInt(-MAX_STRIDE, MAX_STRIDE + 1)))
                    : level);
            Collections.swap(keys, random.nextInt(keys.size()), random.nextInt(keys.size()));
            for (ParameterKey key : keys) {
                mutant = proposal(mutant, key, budget, candidates);
            }
            if (candidates.cost(mutant) <= budget && candidates.accuracy(mutant) > accuracy) {
                levels.putAll(mutant);
                accuracy = candidates.accuracy(mutant);
            }
        }
    }
}
