package org.eiesim.compiler.compress;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.TensorArrays;
import org.eiesim.models.train.WeightParametrization;

/**
 * A parameter that training leaves as it is: nothing is stored, so nothing is trained.
 *
 * @param key the parameter
 */
record FrozenTensor(ParameterKey key) implements WeightParametrization {
    @Override
    public Bound bind(NDManager manager, Tensor current) {
        NDArray constant = TensorArrays.toArray(manager, current);
        return new Bound() {
            @Override
            public List<NDArray> stored() {
                return List.of();
            }

            @Override
            public NDArray effective() {
                return constant;
            }
        };
    }
}
