package org.eiesim.compiler.recipe;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.compress.RetrainParameters;
import org.eiesim.compiler.compress.TrainNetwork;
import org.eiesim.compiler.compress.distill.Distillation;
import org.eiesim.compiler.compress.prune.BalancedPrune;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.compiler.compress.prune.RandomPrune;
import org.eiesim.compiler.compress.prune.RemoveDeadNeurons;
import org.eiesim.compiler.compress.quantize.ShareWeights;
import org.eiesim.compiler.compress.regularize.NormPenalty;
import org.eiesim.compiler.compress.search.SearchDensities;
import org.eiesim.compiler.compress.search.SensitivityScan;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.kernels.check.EditDistance;

/** The one list of methods a recipe can name. A new method is added here. */
public final class Methods {
    private static final List<Method> ALL = List.of(
            TrainNetwork.train(),
            TrainNetwork.retrain(),
            new MagnitudePrune(),
            new BalancedPrune(),
            new RandomPrune(),
            new ShareWeights(),
            new RemoveDeadNeurons(),
            NormPenalty.l1(),
            NormPenalty.l2(),
            new Distillation(),
            new SensitivityScan(),
            new SearchDensities());

    private Methods() {}

    /**
     * Returns all methods.
     *
     * @return the methods in the documentation's order
     */
    public static List<Method> all() {
        return ALL;
    }

    /**
     * Finds a method.
     *
     * @param name its name in recipes
     * @return the method
     * @throws IllegalArgumentException if there is none; the message names the nearest
     */
    public static Method named(String name) {
        return ALL.stream()
                .filter(method -> method.description().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown method \"" + name + "\""
                        + EditDistance.hint(
                                ", did you mean %s?",
                                name,
                                ALL.stream().map(m -> m.description().name()).toList())));
    }

    /**
     * Writes the methods and their parameters for the documentation.
     *
     * @return Markdown: a section per method with a table of its parameters, and one for the parameters of training,
     *     which several methods have
     */
    public static String toMarkdown() {
        StringBuilder text = new StringBuilder();
        for (Method method : ALL) {
            appendMethod(text, method.description());
        }
        text.append("### Training parameters\n\n");
        appendTable(text, RetrainParameters.afterCompression());
        return text.toString();
    }

    private static void appendMethod(StringBuilder text, Method.Description description) {
        text.append("### ").append(description.name()).append("\n\n");
        text.append("Kind: ").append(description.kind()).append(". ").append(description.summary());
        if (!description.source().isEmpty()) {
            text.append(" Source: ").append(description.source()).append('.');
        }
        text.append("\n\n");
        List<Parameter<?>> own = new ArrayList<>();
        List<String> trainingDefaults = new ArrayList<>();
        for (Parameter<?> parameter : description.parameters().parameters()) {
            if (RetrainParameters.contains(parameter.key())) {
                trainingDefaults.add("`" + parameter.key() + "` " + parameter.defaultText());
            } else {
                own.add(parameter);
            }
        }
        if (!own.isEmpty()) {
            appendTable(text, own);
        }
        if (!trainingDefaults.isEmpty()) {
            text.append("Training parameters (below) with the defaults ")
                    .append(String.join(", ", trainingDefaults))
                    .append(".\n\n");
        }
    }

    private static void appendTable(StringBuilder text, List<Parameter<?>> parameters) {
        text.append(new ParameterTable("", parameters).markdown()).append('\n');
    }
}
