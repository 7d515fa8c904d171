package org.eiesim.models.onnx;

import java.util.Map;
import org.eiesim.models.network.ActivationFunction;
import org.jspecify.annotations.Nullable;

/** The one table of supported operators. */
final class Operators {
    private static final Map<String, OperatorImporter> IMPORTERS = Map.ofEntries(
            Map.entry("Add", AddOperator::add),
            Map.entry("Constant", ConstantOperator::constant),
            Map.entry("Dropout", PassThroughOperators::dropout),
            Map.entry("Flatten", ShapeOperators::flatten),
            Map.entry("Gemm", DenseOperators::gemm),
            Map.entry("Identity", PassThroughOperators::identity),
            Map.entry("MatMul", DenseOperators::matMul),
            Map.entry("Relu", ActivationOperators.of(ActivationFunction.RELU)),
            Map.entry("Reshape", ShapeOperators::reshape),
            Map.entry("Sigmoid", ActivationOperators.of(ActivationFunction.SIGMOID)),
            Map.entry("Softmax", ActivationOperators::softmax),
            Map.entry("Tanh", ActivationOperators.of(ActivationFunction.TANH)));

    private Operators() {}

    /**
     * Finds an importer.
     *
     * @param operator an operator of ONNX's own domain
     * @return its importer, or null where the operator is not supported
     */
    static @Nullable OperatorImporter find(String operator) {
        return IMPORTERS.get(operator);
    }
}
