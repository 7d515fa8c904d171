package org.eiesim.models.onnx;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.jspecify.annotations.Nullable;

/** The one table of supported operators. */
final class Operators {
    private static final Map<String, OperatorImporter> IMPORTERS = Map.ofEntries(
            Map.entry("Abs", ArithmeticOperators::absolute),
            Map.entry("Add", ArithmeticOperators::add),
            Map.entry("AveragePool", PoolingOperators::average),
            Map.entry("BatchNormalization", NormalizationOperators::batch),
            Map.entry("Cast", CastOperator::cast),
            Map.entry("Clip", ActivationOperators::clip),
            Map.entry("Concat", SliceOperators::concat),
            Map.entry("Constant", ConstantOperator::constant),
            Map.entry("Conv", WindowOperators::conv),
            Map.entry("ConvInteger", QuantizedOperators::convInteger),
            Map.entry("ConvTranspose", TransposedConvolution::convTranspose),
            Map.entry("DepthToSpace", BlockOperators::depthToSpace),
            Map.entry("DequantizeLinear", QuantizedOperators::dequantize),
            Map.entry("Div", ArithmeticOperators.of(ArithmeticOperator.DIVIDE)),
            Map.entry("Dropout", PassThroughOperators::dropout),
            Map.entry("DynamicQuantizeLinear", QuantizedOperators::dynamicQuantize),
            Map.entry("Elu", ActivationOperators.ofAlpha(ActivationFunction.ELU, 1)),
            Map.entry("Erf", ActivationOperators.of(ActivationFunction.ERF)),
            Map.entry("Exp", ActivationOperators.of(ActivationFunction.EXP)),
            Map.entry("Expand", ShapeOperators::expand),
            Map.entry("Flatten", ShapeOperators::flatten),
            Map.entry("GRU", RecurrentOperators::gru),
            Map.entry("Gather", GatherOperator::gather),
            Map.entry("Gelu", ActivationOperators::gelu),
            Map.entry("Gemm", DenseOperators::gemm),
            Map.entry("GlobalAveragePool", PoolingOperators.global(Node.Pooling.Kind.AVERAGE)),
            Map.entry("GlobalLpPool", PoolingOperators::globalNorm),
            Map.entry("GlobalMaxPool", PoolingOperators.global(Node.Pooling.Kind.MAXIMUM)),
            Map.entry("GroupNormalization", PlaneNormalization::group),
            Map.entry("HardSigmoid", ActivationOperators::hardSigmoid),
            Map.entry("HardSwish", ActivationOperators.of(ActivationFunction.HARD_SWISH)),
            Map.entry("Identity", PassThroughOperators::identity),
            Map.entry("If", IfOperator::branch),
            Map.entry("InstanceNormalization", PlaneNormalization::instance),
            Map.entry("LRN", NormalizationOperators::localResponse),
            Map.entry("LSTM", RecurrentOperators::lstm),
            Map.entry("LayerNormalization", NormalizationOperators::layer),
            Map.entry("LeakyRelu", ActivationOperators.ofAlpha(ActivationFunction.LEAKY_RELU, 0.01f)),
            Map.entry("Log", ActivationOperators.of(ActivationFunction.LOG)),
            Map.entry("LogSoftmax", ActivationOperators::logSoftmax),
            Map.entry("LpNormalization", PlaneNormalization::norm),
            Map.entry("LpPool", PoolingOperators::norm),
            Map.entry("MatMul", DenseOperators::matMul),
            Map.entry("MatMulInteger", QuantizedOperators::matMulInteger),
            Map.entry("Max", ArithmeticOperators.of(ArithmeticOperator.MAXIMUM)),
            Map.entry("MaxPool", PoolingOperators::maximum),
            Map.entry("MeanVarianceNormalization", PlaneNormalization::meanVariance),
            Map.entry("Min", ArithmeticOperators.of(ArithmeticOperator.MINIMUM)),
            Map.entry("Mul", ArithmeticOperators.of(ArithmeticOperator.MULTIPLY)),
            Map.entry("Neg", ArithmeticOperators::negate),
            Map.entry("PRelu", ArithmeticOperators::prelu),
            Map.entry("Pad", PadOperator::pad),
            Map.entry("Pow", ArithmeticOperators.of(ArithmeticOperator.POWER)),
            Map.entry("QLinearConv", QuantizedOperators::qLinearConv),
            Map.entry("QLinearMatMul", QuantizedOperators::qLinearMatMul),
            Map.entry("QuantizeLinear", QuantizedOperators::quantize),
            Map.entry("Reciprocal", ArithmeticOperators::reciprocal),
            Map.entry("ReduceMax", ReductionOperators.of(ReductionOperator.MAXIMUM)),
            Map.entry("ReduceMean", ReductionOperators.of(ReductionOperator.MEAN)),
            Map.entry("ReduceMin", ReductionOperators.of(ReductionOperator.MINIMUM)),
            Map.entry("ReduceSum", ReductionOperators.of(ReductionOperator.SUM)),
            Map.entry("Relu", ActivationOperators.of(ActivationFunction.RELU)),
            Map.entry("Reshape", ShapeOperators::reshape),
            Map.entry("Resize", ResizeOperator::resize),
            Map.entry("Sigmoid", ActivationOperators.of(ActivationFunction.SIGMOID)),
            Map.entry("Slice", SliceOperators::slice),
            Map.entry("Softmax", ActivationOperators::softmax),
            Map.entry("SpaceToDepth", BlockOperators::spaceToDepth),
            Map.entry("Split", SliceOperators::split),
            Map.entry("Sqrt", ActivationOperators.of(ActivationFunction.SQRT)),
            Map.entry("Squeeze", ShapeOperators::squeeze),
            Map.entry("Sub", ArithmeticOperators.of(ArithmeticOperator.SUBTRACT)),
            Map.entry("Sum", ArithmeticOperators.of(ArithmeticOperator.ADD)),
            Map.entry("Tanh", ActivationOperators.of(ActivationFunction.TANH)),
            Map.entry("Transpose", ShapeOperators::transpose),
            Map.entry("Unsqueeze", ShapeOperators::unsqueeze),
            Map.entry("Upsample", ResizeOperator::upsample),
            Map.entry("Where", ArithmeticOperators::where));

    private Operators() {}

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
}
