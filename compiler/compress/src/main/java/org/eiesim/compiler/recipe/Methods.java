package org.eiesim.compiler.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.compress.ParameterSpec;
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
        List<ParameterSpec> own = new ArrayList<>();
        List<String> trainingDefaults = new ArrayList<>();
        for (ParameterSpec parameter : description.parameters()) {
            if (RetrainParameters.contains(parameter.name())) {
                trainingDefaults.add("`" + parameter.name() + "` " + defaultText(parameter));
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

    private static void appendTable(StringBuilder text, List<ParameterSpec> parameters) {
        text.append("| parameter | of | type | default | values | meaning |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        for (ParameterSpec parameter : parameters) {
            String values = parameter.type() == ParameterSpec.Type.FLAG
                    ? "true, false"
                    : parameter.range().toString();
            List<String> cells = List.of(
                    "`" + parameter.name() + "`",
                    parameter.scope().name().toLowerCase(Locale.ROOT),
                    parameter.type().name().toLowerCase(Locale.ROOT),
                    defaultText(parameter),
                    values,
                    parameter.help().replace("|", "\\|"));
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        text.append('\n');
    }

    private static String defaultText(ParameterSpec parameter) {
        Object value = parameter.defaultValue();
        if (value instanceof Double number) {
            return ParameterSpec.Range.plain(number);
        }
        return value == null ? "" : value.toString();
    }
}
