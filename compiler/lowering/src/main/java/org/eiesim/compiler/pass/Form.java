package org.eiesim.compiler.pass;

import java.util.Set;
import java.util.stream.Collectors;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.kernels.bits.FormatException;

/** How far an operation has been lowered; what each pass takes is checked before it runs. */
enum Form {
    /** A node of the network. */
    NODE("a node of the network"),
    /** A product that is not cut into tiles. */
    WHOLE("legal and not tiled yet"),
    /** A product in tiles whose rows have no places. */
    TILED("tiled and not placed yet"),
    /** A product whose rows have their places. */
    PLACED("placed and not encoded yet"),
    /** A product whose weights are as each PE stores them. */
    ENCODED("encoded");

    private final String text;

    Form(String text) {
        this.text = text;
    }

    /**
     * Checks that a pass can take a graph.
     *
     * @param stage the pass
     * @param forms what it takes; work of the host and identities any pass takes
     * @param graph the graph
     * @throws FormatException if an operation has another form, which it names
     */
    static void require(Stage stage, Set<Form> forms, Graph graph) throws FormatException {
        for (Operation operation : graph.operations()) {
            if (operation instanceof Operation.Source) {
                require(stage, forms, operation, NODE);
            }
            for (Operation.Product product : operation.products()) {
                require(stage, forms, product, of(product));
            }
        }
    }

    private static void require(Stage stage, Set<Form> forms, Operation operation, Form form) throws FormatException {
        if (!forms.contains(form)) {
            throw new FormatException(
                    "operation " + operation.name(),
                    "is " + form.text + "; " + stage.name() + " takes what is "
                            + forms.stream().sorted().map(taken -> taken.text).collect(Collectors.joining(" or ")));
        }
    }

    private static Form of(Operation.Product product) {
        if (product.rowTiles().isEmpty()) {
            return WHOLE;
        }
        Form least = ENCODED;
        for (RowTile rows : product.rowTiles()) {
            boolean isEncoded = rows.columnTiles().stream().allMatch(columns -> columns.matrix() != null);
            Form form = rows.rowOrder() == null ? TILED : isEncoded ? ENCODED : PLACED;
            least = form.compareTo(least) < 0 ? form : least;
        }
        return least;
    }
}
