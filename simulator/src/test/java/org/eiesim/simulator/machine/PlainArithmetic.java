package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.kernels.fixed.QFormat;

/** A layer computed without any of the machine: dense loops over the codes, integer arithmetic spelled out. */
final class PlainArithmetic {
    private PlainArithmetic() {}

    /** Returns {@code f(W x + b)} in float32, inputs ascending; the bias first, or last and through the codebook. */
    static float[] float32(NetworkCase.Layer layer, float[] x, boolean biasColumn) {
        float[] y = new float[layer.numOutputs()];
        float[] bias = layer.bias();
        for (int row = 0; row < y.length; row++) {
            float sum = bias == null || biasColumn ? 0 : bias[row];
            for (int column = 0; column < x.length; column++) {
                int code = layer.codes()[row * x.length + column];
                if (code != 0 && x[column] != 0) {
                    sum += layer.codebook()[code] * x[column];
                }
            }
            if (bias != null && biasColumn) {
                int code = nearest(bias[row], layer.codebook());
                sum = code == 0 ? sum : sum + layer.codebook()[code];
            }
            y[row] = (float) activate(sum, layer.activation());
        }
        return y;
    }

    private static int nearest(float value, float[] codebook) {
        int best = 0;
        for (int code = 0; code < codebook.length; code++) {
            if (Math.abs((double) value - codebook[code]) < Math.abs((double) value - codebook[best])) {
                best = code;
            }
        }
        return best;
    }

    private static double activate(double x, ActivationCode function) {
        return switch (function) {
            case NONE -> x;
            case RELU -> x > 0 ? x : 0;
            case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
            case TANH -> StrictMath.tanh(x);
            default -> throw new IllegalArgumentException("not written here: " + function);
        };
    }

    /** Returns the raw outputs of a layer on raw inputs, shifting half up. */
    static int[] fixedPoint(NetworkCase.Layer layer, int[] x, boolean biasColumn, LayerFormats formats) {
        int[] y = new int[layer.numOutputs()];
        float[] bias = layer.bias();
        QFormat accumulator = formats.accumulator();
        int shift = formats.input().fractionBits() + formats.weight().fractionBits() - accumulator.fractionBits();
        for (int row = 0; row < y.length; row++) {
            long sum = bias == null || biasColumn ? 0 : quantize(bias[row], accumulator);
            for (int column = 0; column < x.length; column++) {
                int code = layer.codes()[row * x.length + column];
                if (code != 0) {
                    long weight = quantize(layer.codebook()[code], formats.weight());
                    sum = clip(sum + halfUp(weight * x[column], shift), accumulator);
                }
            }
            if (bias != null && biasColumn) {
                long weight = quantize(layer.codebook()[nearest(bias[row], layer.codebook())], formats.weight());
                sum = clip(sum + halfUp(weight * quantize(1, formats.input()), shift), accumulator);
            }
            y[row] = output(sum, layer.activation(), accumulator, formats.output());
        }
        return y;
    }

    private static int output(long sum, ActivationCode function, QFormat accumulator, QFormat output) {
        double value = sum * Math.pow(2, -accumulator.fractionBits());
        return (int) quantize(activate(value, function), output);
    }

    /** Rounds half up: {@code floor(x * 2^f + 1/2)}, clipped. Exact for the small numbers of these tests. */
    static long quantize(double value, QFormat format) {
        return clip((long) Math.floor(value * Math.pow(2, format.fractionBits()) + 0.5), format);
    }

    private static long halfUp(long value, int shift) {
        return shift == 0 ? value : Math.floorDiv(value + (1L << (shift - 1)), 1L << shift);
    }

    private static long clip(long value, QFormat format) {
        long max = (1L << (format.bits() - 1)) - 1;
        return Math.max(-max - 1, Math.min(max, value));
    }
}
