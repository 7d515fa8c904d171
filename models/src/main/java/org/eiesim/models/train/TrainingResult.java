package org.eiesim.models.train;

import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;

/**
 * What training yields.
 *
 * @param network the network with the effective parameters of the best epoch: the highest validation accuracy, at
 *     equal accuracy the lower validation loss; the last epoch where there is no validation set
 * @param stored the stored tensors of that epoch, for each parameter that was given a parametrization
 * @param bestEpoch that epoch, from 0; -1 where no epoch was run
 * @param validationAccuracy its validation accuracy, NaN where there is none
 * @param epochs what each epoch came to
 */
public record TrainingResult(
        Network network,
        Map<ParameterKey, List<Tensor>> stored,
        int bestEpoch,
        double validationAccuracy,
        List<EpochRecord> epochs) {
    /** Copies the collections. */
    public TrainingResult {
        stored = Map.copyOf(stored);
        epochs = List.copyOf(epochs);
    }
}
