package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.WinogradUse;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Takes 3x3 convolutions apart into a transform of their inputs by the host, 16 products over the channels, and a transform
 * of the products by the host: all that can be, or those that {@link ConvolutionCost} says are cheaper so. Every one is
 * remarked on, with the error of its weights, which are shared anew.
 *
 * <p>Source: EIE VII (Winograd's convolution as 16 matrix-vector products), Lavin and Gray (arXiv:1509.09308).
 */
final class WinogradPass implements Pass {
    /** Which convolutions it takes. */
    static final PassOption<WinogradUse> USE = new PassOption<>(
            "winograd",
            "Which 3x3 convolutions become 16 products over the channels.",
            WinogradUse.class,
            WinogradUse.NEVER);

    private final WinogradUse use;
    private final Consumer<String> remarks;

    /**
     * Makes the pass.
     *
     * @param options what was chosen
     * @param remarks is told of each it took
     */
    WinogradPass(LoweringOptions options, Consumer<String> remarks) {
        use = USE.of(options);
        this.remarks = remarks;
    }

    @Override
    public String name() {
        return "winograd";
    }

    @Override
    public String description() {
        return "Turns 3x3 convolutions into 16 products over the channels where that is asked for or cheaper.";
    }

    @Override
    public List<PassOption<?>> options() {
        return List.of(USE);
    }

    @Override
    public Set<Form> takes() {
        return Set.of(Form.NODE, Form.WHOLE);
    }

    @Override
    public Graph run(Graph graph) {
        List<Operation> operations = new ArrayList<>();
        Map<String, Shape> shapes = new HashMap<>();
        for (Operation operation : graph.operations()) {
            Rewrite rewrite = rewrite(operation, graph);
            if (rewrite == null) {
                operations.add(operation);
            } else {
                operations.addAll(rewrite.operations());
                shapes.putAll(rewrite.newShapes());
            }
        }
        return graph.withShapes(shapes).with(operations, graph.outputs());
    }

    private @Nullable Rewrite rewrite(Operation operation, Graph graph) {
        if (use == WinogradUse.NEVER
                || !(operation instanceof Operation.Source source)
                || !(source.node() instanceof Node.Convolution node)) {
            return null;
        }
        Rewrite rewrite = new Rewrite(graph, source);
        if (!WinogradRule.takes(node, rewrite.shape(node.input()))) {
            return null;
        }
        WinogradRule rule = new WinogradRule(node, rewrite);
        ConvolutionCost cost = new ConvolutionCost(graph.target(), LiveEstimate.share(node.input(), graph));
        double direct = cost.direct(rewrite.weights(ParameterKey.WEIGHT), rule.numPixels());
        double winograd = cost.winograd(rule.transformed(), rule.numOutputs(), rule.numChannels(), rule.numTiles());
        if (use == WinogradUse.AUTO && winograd >= direct) {
            return null;
        }
        String weights = rule.apply();
        remarks.accept(String.format(
                Locale.ROOT,
                "layer %s: as 16 Winograd products, about %.0f cycles instead of %.0f; %s",
                node.name(),
                winograd,
                direct,
                weights));
        return rewrite;
    }
}
