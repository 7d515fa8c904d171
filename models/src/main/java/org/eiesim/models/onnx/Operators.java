package org.eiesim.models.onnx;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.jspecify.annotations.Nullable;

/** The one table of supported operators. */
final class Operators {
    private static final Map<String, OperatorImporter> IMPORTERS = Map.ofEntries(
            Map.entry("Abs", ArithmeticOperators::absolute),
            Map.entry("Acos", ActivationOperators.of(ActivationFunction.ACOS)),
            Map.entry("Acosh", ActivationOperators.of(ActivationFunction.ACOSH)),
            Map.entry("Add", ArithmeticOperators::add),
            Map.entry("And", LogicOperators.of(ArithmeticOperator.MULTIPLY)),
            Map.entry("ArgMax", ReductionOperators.position(ReductionOperator.ARG_MAXIMUM)),
            Map.entry("ArgMin", ReductionOperators.position(ReductionOperator.ARG_MINIMUM)),
            Map.entry("Asin", ActivationOperators.of(ActivationFunction.ASIN)),
            Map.entry("Asinh", ActivationOperators.of(ActivationFunction.ASINH)),
            Map.entry("Atan", ActivationOperators.of(ActivationFunction.ATAN)),
            Map.entry("Atanh", ActivationOperators.of(ActivationFunction.ATANH)),
            Map.entry("AveragePool", PoolingOperators::average),
            Map.entry("BatchNormalization", NormalizationOperators::batch),
            Map.entry("Cast", CastOperator::cast),
            Map.entry("CastLike", FunctionOperators::castLike),
            Map.entry("Ceil", ActivationOperators.of(ActivationFunction.CEIL)),
            Map.entry("Celu", FunctionOperators::celu),
            Map.entry("Clip", ActivationOperators::clip),
            Map.entry("Concat", SliceOperators::concat),
            Map.entry("Constant", ConstantOperator::constant),
            Map.entry("Conv", WindowOperators::conv),
            Map.entry("ConvInteger", QuantizedOperators::convInteger),
            Map.entry("ConvTranspose", TransposedConvolution::convTranspose),
            Map.entry("Cos", ActivationOperators.of(ActivationFunction.COS)),
            Map.entry("Cosh", ActivationOperators.of(ActivationFunction.COSH)),
            Map.entry("CumSum", CumulativeSum::importNode),
            Map.entry("DepthToSpace", BlockOperators::depthToSpace),
            Map.entry("DequantizeLinear", QuantizedOperators::dequantize),
            Map.entry("Div", ArithmeticOperators::divide),
            Map.entry("Dropout", PassThroughOperators::dropout),
            Map.entry("DynamicQuantizeLinear", QuantizedOperators::dynamicQuantize),
            Map.entry("Einsum", EinsumOperator::einsum),
            Map.entry("Elu", ActivationOperators.ofAlpha(ActivationFunction.ELU, 1)),
            Map.entry("Equal", LogicOperators.of(ArithmeticOperator.EQUAL)),
            Map.entry("Erf", ActivationOperators.of(ActivationFunction.ERF)),
            Map.entry("Exp", ActivationOperators.of(ActivationFunction.EXP)),
            Map.entry("Expand", ShapeOperators::expand),
            Map.entry("Flatten", ShapeOperators::flatten),
            Map.entry("Floor", ActivationOperators.of(ActivationFunction.FLOOR)),
            Map.entry("GRU", RecurrentOperators::gru),
            Map.entry("Gather", GatherOperator::gather),
            Map.entry("GatherElements", IndexOperators::gatherElements),
            Map.entry("GatherND", IndexOperators::gatherNd),
            Map.entry("Gelu", ActivationOperators::gelu),
            Map.entry("Gemm", DenseOperators::gemm),
            Map.entry("GlobalAveragePool", PoolingOperators.global(Node.Pooling.Kind.AVERAGE)),
            Map.entry("GlobalLpPool", PoolingOperators::globalNorm),
            Map.entry("GlobalMaxPool", PoolingOperators.global(Node.Pooling.Kind.MAXIMUM)),
            Map.entry("Greater", LogicOperators.swapped(ArithmeticOperator.LESS)),
            Map.entry("GreaterOrEqual", LogicOperators.swapped(ArithmeticOperator.LESS_OR_EQUAL)),
            Map.entry("GroupNormalization", PlaneNormalization::group),
            Map.entry("HardSigmoid", ActivationOperators::hardSigmoid),
            Map.entry("HardSwish", ActivationOperators.of(ActivationFunction.HARD_SWISH)),
            Map.entry("Hardmax", FunctionOperators::hardmax),
            Map.entry("Identity", PassThroughOperators::identity),
            Map.entry("If", IfOperator::branch),
            Map.entry("InstanceNormalization", PlaneNormalization::instance),
            Map.entry("IsInf", LogicOperators::isInf),
            Map.entry("IsNaN", LogicOperators::isNan),
            Map.entry("LRN", NormalizationOperators::localResponse),
            Map.entry("LSTM", RecurrentOperators::lstm),
            Map.entry("LayerNormalization", NormalizationOperators::layer),
            Map.entry("LeakyRelu", ActivationOperators.ofAlpha(ActivationFunction.LEAKY_RELU, 0.01f)),
            Map.entry("Less", LogicOperators.of(ArithmeticOperator.LESS)),
            Map.entry("LessOrEqual", LogicOperators.of(ArithmeticOperator.LESS_OR_EQUAL)),
            Map.entry("Log", ActivationOperators.of(ActivationFunction.LOG)),
            Map.entry("LogSoftmax", ActivationOperators::logSoftmax),
            Map.entry("LpNormalization", PlaneNormalization::norm),
            Map.entry("LpPool", PoolingOperators::norm),
            Map.entry("MatMul", DenseOperators::matMul),
            Map.entry("MatMulInteger", QuantizedOperators::matMulInteger),
            Map.entry("Max", ArithmeticOperators.of(ArithmeticOperator.MAXIMUM)),
            Map.entry("MaxPool", PoolingOperators::maximum),
            Map.entry("Mean", FunctionOperators::mean),
            Map.entry("MeanVarianceNormalization", PlaneNormalization::meanVariance),
            Map.entry("Min", ArithmeticOperators.of(ArithmeticOperator.MINIMUM)),
            Map.entry("Mish", FunctionOperators::mish),
            Map.entry("Mod", LogicOperators::mod),
            Map.entry("Mul", ArithmeticOperators.of(ArithmeticOperator.MULTIPLY)),
            Map.entry("Neg", ArithmeticOperators::negate),
            Map.entry("Not", LogicOperators::not),
            Map.entry("OneHot", FunctionOperators::oneHot),
            Map.entry("Or", LogicOperators.of(ArithmeticOperator.MAXIMUM)),
            Map.entry("PRelu", ArithmeticOperators::prelu),
            Map.entry("Pad", PadOperator::pad),
            Map.entry("Pow", ArithmeticOperators::power),
            Map.entry("QLinearConv", QuantizedOperators::qLinearConv),
            Map.entry("QLinearMatMul", QuantizedOperators::qLinearMatMul),
            Map.entry("QuantizeLinear", QuantizedOperators::quantize),
            Map.entry("RNN", RecurrentOperators::rnn),
            Map.entry("Reciprocal", ArithmeticOperators::reciprocal),
            Map.entry("ReduceL1", NormReductions::l1),
            Map.entry("ReduceL2", NormReductions::l2),
            Map.entry("ReduceLogSum", NormReductions::logSum),
            Map.entry("ReduceLogSumExp", NormReductions::logSumExp),
            Map.entry("ReduceMax", ReductionOperators.of(ReductionOperator.MAXIMUM)),
            Map.entry("ReduceMean", ReductionOperators.of(ReductionOperator.MEAN)),
            Map.entry("ReduceMin", ReductionOperators.of(ReductionOperator.MINIMUM)),
            Map.entry("ReduceProd", ReductionOperators.of(ReductionOperator.PRODUCT)),
            Map.entry("ReduceSum", ReductionOperators.of(ReductionOperator.SUM)),
            Map.entry("ReduceSumSquare", NormReductions::sumSquare),
            Map.entry("Relu", ActivationOperators.of(ActivationFunction.RELU)),
            Map.entry("Reshape", ShapeOperators::reshape),
            Map.entry("Resize", ResizeOperator::resize),
            Map.entry("Round", ActivationOperators.of(ActivationFunction.ROUND)),
            Map.entry("Scatter", IndexOperators::scatterElements),
            Map.entry("ScatterElements", IndexOperators::scatterElements),
            Map.entry("ScatterND", IndexOperators::scatterNd),
            Map.entry("Selu", FunctionOperators::selu),
            Map.entry("Shrink", FunctionOperators::shrink),
            Map.entry("Sigmoid", ActivationOperators.of(ActivationFunction.SIGMOID)),
            Map.entry("Sign", ActivationOperators.of(ActivationFunction.SIGN)),
            Map.entry("Sin", ActivationOperators.of(ActivationFunction.SIN)),
            Map.entry("Sinh", ActivationOperators.of(ActivationFunction.SINH)),
            Map.entry("Slice", SliceOperators::slice),
            Map.entry("Softmax", ActivationOperators::softmax),
            Map.entry("Softplus", ActivationOperators.of(ActivationFunction.SOFTPLUS)),
            Map.entry("Softsign", ActivationOperators.of(ActivationFunction.SOFTSIGN)),
            Map.entry("SpaceToDepth", BlockOperators::spaceToDepth),
            Map.entry("Split", SliceOperators::split),
            Map.entry("Sqrt", ActivationOperators.of(ActivationFunction.SQRT)),
            Map.entry("Squeeze", ShapeOperators::squeeze),
            Map.entry("Sub", ArithmeticOperators.of(ArithmeticOperator.SUBTRACT)),
            Map.entry("Sum", ArithmeticOperators.of(ArithmeticOperator.ADD)),
            Map.entry("Swish", FunctionOperators::swish),
            Map.entry("Tan", ActivationOperators.of(ActivationFunction.TAN)),
            Map.entry("Tanh", ActivationOperators.of(ActivationFunction.TANH)),
            Map.entry("ThresholdedRelu", FunctionOperators::thresholdedRelu),
            Map.entry("Tile", TileOperator::tile),
            Map.entry("Transpose", ShapeOperators::transpose),
            Map.entry("Trilu", FunctionOperators::trilu),
            Map.entry("Unsqueeze", ShapeOperators::unsqueeze),
            Map.entry("Upsample", ResizeOperator::upsample),
            Map.entry("Where", LogicOperators::where),
            Map.entry("Xor", LogicOperators::xor));

    /** The operator sets that operators came with, where that is not one of the first that are read. */
    private static final Map<String, Integer> SINCE = Map.ofEntries(
            Map.entry("CastLike", 15),
            Map.entry("Celu", 12),
            Map.entry("CumSum", 11),
            Map.entry("Einsum", 12),
            Map.entry("GatherElements", 11),
            Map.entry("GatherND", 11),
            Map.entry("Gelu", 20),
            Map.entry("GreaterOrEqual", 12),
            Map.entry("HardSwish", 14),
            Map.entry("IsInf", 10),
            Map.entry("LayerNormalization", 17),
            Map.entry("LessOrEqual", 12),
            Map.entry("Mish", 18),
            Map.entry("Mod", 10),
            Map.entry("Round", 11),
            Map.entry("ScatterElements", 11),
            Map.entry("ScatterND", 11),
            Map.entry("Swish", 24),
            Map.entry("ThresholdedRelu", 10),
            Map.entry("Trilu", 14));

    private Operators() {}

    /** Returns the first operator set that has an operator. */
    static int since(String operator) {
        return SINCE.getOrDefault(operator, 1);
    }

    /** Returns the operators supported on computed values, in alphabetical order. */
    static SortedSet<String> names() {
        return new TreeSet<>(IMPORTERS.keySet());
    }

    /**
     * Finds an importer.
     *
     * @param operator an operator of ONNX's own domain
     * @return its importer, or null where the operator is not supported
     */
    static @Nullable OperatorImporter find(String operator) {
        return IMPORTERS.get(operator);
    }

    /** Imports a node: computes it where its operands are constants, else lets the importer of its operator do it. */
    static void importNode(OnnxNode node, GraphImport graph) throws FormatException {
        OperatorImporter importer = find(node.operator());
        if (importer == null) {
            importer = FusedOperators.find(node.operator());
        }
        if (importer == null && !ConstantFolding.isFoldable(node)) {
            throw node.error("operator " + LayerNames.shorten(node.operator())
                    + " is not supported; docs/importing.md lists those that are");
        }
        try {
            if (!ConstantFolding.fold(node, graph) && (importer == null || !ConstantEvaluation.evaluate(node, graph))) {
                if (importer == null) {
                    throw node.error("it is only supported on constants");
                }
                importer.accept(node, graph);
            }
        } catch (IllegalArgumentException e) {
            throw node.error(e.getMessage());
        } catch (ArithmeticException e) {
            throw node.error("a size that it names or makes is too large");
        }
        node.requireAllAttributesRead();
    }
}
