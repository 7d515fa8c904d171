package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Target;
import org.eiesim.kernels.bits.FormatException;

/** Cuts every product into tiles that fit the register files and memories of the machine. */
final class Tile implements Pass {
    @Override
    public String name() {
        return "tile";
    }

    @Override
    public String description() {
        return "Cuts products into row and column tiles that fit register files, weight and pointer memories.";
    }

    @Override
    public Graph run(Graph graph) throws FormatException {
        Target target = graph.target();
        List<Operation> tiled = new ArrayList<>();
        for (Operation operation : graph.operations()) {
            tiled.add(
                    operation instanceof Operation.Product product
                            ? product.withRowTiles(new Tiler(product, target).tiles())
                            : operation);
        }
        return graph.with(tiled, graph.outputs());
    }
}
