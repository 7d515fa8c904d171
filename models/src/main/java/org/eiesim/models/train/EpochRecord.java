package org.eiesim.models.train;

/**
 * What one epoch came to.
 *
 * @param epoch the epoch, from 0
 * @param trainingLoss mean loss over the epoch's images, with all terms, as it was when each was seen
 * @param validationLoss mean cross entropy over the validation images after the epoch, NaN without a validation set
 * @param validationAccuracy part of the validation images classified rightly, NaN without a validation set
 * @param learningRate the learning rate of its last update
 */
public record EpochRecord(
        int epoch, double trainingLoss, double validationLoss, double validationAccuracy, double learningRate) {}
