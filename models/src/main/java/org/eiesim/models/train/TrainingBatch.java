package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.eiesim.models.network.ParameterKey;

/**
 * One minibatch as a {@link TrainingObjective} sees it. The batch is the first axis of every value.
 *
 * @param sampleIndices positions of the batch's images in the training set
 * @param targets one-hot labels, {@code [batch, classes]}
 * @param values the network's input and every node's value, by name
 * @param logits the values before the final softmax, {@code [batch, classes]}
 * @param effective the effective tensor of every parameter
 * @param step where training stands
 */
public record TrainingBatch(
        int[] sampleIndices,
        NDArray targets,
        Map<String, NDArray> values,
        NDArray logits,
        Map<ParameterKey, NDArray> effective,
        TrainingStep step) {
    /**
     * Returns the network's input or a node's value.
     *
     * @param name its name
     * @return the value, {@code [batch, ...]}
     * @throws IllegalArgumentException if there is no value of that name
     */
    public NDArray value(String name) {
        NDArray value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value named " + name + ", only " + values.keySet());
        }
        return value;
    }
}
