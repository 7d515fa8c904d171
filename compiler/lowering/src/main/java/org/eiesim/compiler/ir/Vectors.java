package org.eiesim.compiler.ir;

/**
 * Where the vectors of a layer lie in the host's memory: value {@code i} of vector {@code n} is element
 * {@code i * step + n * stride} of its buffer. A feature map {@code [channels, height, width]} is read and written pixel
 * by pixel with the number of pixels as step and 1 as stride, so that nothing is transposed.
 *
 * @param count vectors
 * @param inputStep elements from one input to the next
 * @param inputStride elements from one input vector to the next
 * @param outputStep elements from one output to the next
 * @param outputStride elements from one output vector to the next
 */
public record Vectors(int count, int inputStep, int inputStride, int outputStep, int outputStride) {
    /**
     * Returns vectors that follow one another without gaps.
     *
     * @param count vectors
     * @param numInputs values of an input vector
     * @param numOutputs values of an output vector
     * @return their places
     */
    public static Vectors packed(int count, int numInputs, int numOutputs) {
        return new Vectors(count, 1, numInputs, 1, numOutputs);
    }
}
