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
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.compress.Search;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.parameter.WordDomain;
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
    private static final String BYTES = "bytes";
    private static final Parameter<String> COST = new Parameter<>(
            "cost",
            WordDomain.Words.of("cycles", "energy", BYTES),
            "cycles",
            "",
            Scope.STEP,
            "What the budget is counted in: cycles or energy on the machine, or bytes of the file.");
    private static final Parameter<Double> BUDGET = new Parameter<>(
            "budget",
            NumberDomain.Decimals.above(0, 1),
            0.25,
            "",
            Scope.STEP,
            "The share of the unpruned network's cost to keep to.");
    private static final Parameter<Integer> STEPS = new Parameter<>(
            "steps",
            new NumberDomain.Integers(1, 1000),
            16,
            "",
            Scope.STEP,
            "Steps in which the cost is brought down.");
    private static final Parameter<Integer> MUTATIONS = new Parameter<>(
            "mutations",
            new NumberDomain.Integers(0, 1_000_000),
            50,
            "",
            Scope.STEP,
            "Random changes tried at the end.");
    private static final Parameter<Integer> IMAGES = new Parameter<>(
            "images",
            new NumberDomain.Integers(1, Integer.MAX_VALUE),
            1000,
            "",
            Scope.STEP,
            "The greatest number of validation images to measure accuracy on.");
    private static final Parameter<Integer> INPUTS = new Parameter<>(
            "cost-inputs",
            new NumberDomain.Integers(1, 100_000),
            10,
            "",
            Scope.STEP,
            "How many of them the machine runs to measure cycles or energy.");
    private static final Parameter<Double> LIVE_DENSITY = new Parameter<>(
            "live-density",
            new NumberDomain.Decimals(0, 1),
            null,
            "",
            Scope.STEP,
            "Instead of running images, take this share of every layer's inputs for live: faster, and only an"
                    + " estimate.");
    /** The most levels a mutation moves a layer by: a factor of 4 in density. */
    private static final int MAX_STRIDE = 8;

    private static final Description DESCRIPTION = new Description(
            "search-densities",
            MethodKind.SEARCH,
            "Chooses each layer's density for magnitude-prune so that cycles, energy or file bytes keep a budget and"
                    + " accuracy without retraining is high.",
            "NetAdapt, algorithm 1",
            List.of(COST, BUDGET, STEPS, MUTATIONS, IMAGES, INPUTS, LIVE_DENSITY));

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Choices search(CompressionState state, Application application, CompressionContext context) {
        Settings settings = application.settings();
        Dataset all = context.requireValidation(DESCRIPTION.name());
        Dataset images = all.range(0, Math.min(all.size(), settings.get(IMAGES)));
        Candidates candidates = new Candidates(
                state, images, context.threads(), costModel(settings, images, context, application.seed()));
        Map<ParameterKey, Integer> levels = new LinkedHashMap<>();
        application.keys().forEach(key -> levels.put(key, 0));
        double start = candidates.cost(levels);
        double budget = settings.get(BUDGET) * start;
        int numSteps = settings.get(STEPS);
        for (int step = 1; step <= numSteps; step++) {
            double target = step == numSteps ? budget : start - (start - budget) * step / numSteps;
            if (!bringDown(levels, target, candidates)) {
                throw new IllegalArgumentException("method " + DESCRIPTION.name() + ": the least cost found is "
                        + candidates.cost(levels) + " " + candidates.unit() + " an input, the budget is "
                        + budget + " of " + start + "; raise " + BUDGET.key());
            }
        }
        mutate(levels, budget, settings.get(MUTATIONS), new SplittableRandom(application.seed()), candidates);
        Map<ParameterKey, Map<String, Object>> values = new LinkedHashMap<>();
        levels.forEach(
                (key, level) -> values.put(key, Map.of(MagnitudePrune.DENSITY.key(), Candidates.density(level))));
        return new Choices(MagnitudePrune.NAME, values);
    }

    private static CostModel costModel(Settings settings, Dataset images, CompressionContext context, long seed) {
        String cost = settings.get(COST);
        if (cost.equals(BYTES)) {
            return new FileBytes();
        }
        CostModels.Measure measure = CostModels.Measure.valueOf(cost.toUpperCase(Locale.ROOT));
        if (settings.has(LIVE_DENSITY)) {
            return context.costs().expected(measure, settings.get(LIVE_DENSITY), seed);
        }
        int numInputs = Math.min(images.size(), settings.get(INPUTS));
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
