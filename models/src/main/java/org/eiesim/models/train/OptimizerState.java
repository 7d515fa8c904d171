package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** One stored tensor under an {@link Optimizer}: the tensor and its moments, all changed in place. */
final class OptimizerState {
    private final Optimizer optimizer;
    private final NDArray stored;
    private final NDArray[] moments;
    private long updates;

    /**
     * Makes the state of one tensor; its moments are zero.
     *
     * @param manager owns the moments
     * @param stored the tensor that is changed
     * @param optimizer the rule
     */
    OptimizerState(NDManager manager, NDArray stored, Optimizer optimizer) {
        this.optimizer = optimizer;
        this.stored = stored;
        int numMoments = optimizer instanceof Optimizer.Adam ? 2 : optimizer instanceof Optimizer.Momentum ? 1 : 0;
        this.moments = new NDArray[numMoments];
        for (int i = 0; i < numMoments; i++) {
            moments[i] = manager.zeros(stored.getShape());
        }
        stored.setRequiresGradient(true);
    }

    /**
     * Makes one update from the tensor's gradient, then clears it: PyTorch adds gradients up, and DJL's collector
     * leaves those of earlier updates in place.
     *
     * @param learningRate the current learning rate
     */
    void update(double learningRate) {
        NDArray gradient = stored.getGradient();
        updates++;
        if (optimizer instanceof Optimizer.Adam adam) {
            updateAdam(adam, gradient, learningRate);
        } else if (optimizer instanceof Optimizer.Momentum momentum) {
            moments[0].muli(momentum.momentum()).addi(gradient);
            stored.subi(moments[0].mul(learningRate));
        } else {
            stored.subi(gradient.mul(learningRate));
        }
        gradient.muli(0);
    }

    /** Copies what an update depends on. */
    TrainingCheckpoint.Trained copy() {
        List<float[]> values = new ArrayList<>();
        values.add(stored.toFloatArray());
        for (NDArray moment : moments) {
            values.add(moment.toFloatArray());
        }
        return new TrainingCheckpoint.Trained(updates, values);
    }

    /** Tells whether a copy is one of this array. */
    boolean fits(TrainingCheckpoint.Trained copy) {
        return copy.values().size() == 1 + moments.length
                && copy.values().stream().allMatch(values -> values.length == stored.size());
    }

    /** Puts everything to what it was when it was copied. */
    void restore(TrainingCheckpoint.Trained copy) {
        updates = copy.updates();
        stored.set(FloatBuffer.wrap(copy.values().get(0)));
        for (int i = 0; i < moments.length; i++) {
            moments[i].set(FloatBuffer.wrap(copy.values().get(1 + i)));
        }
    }

    private void updateAdam(Optimizer.Adam adam, NDArray gradient, double learningRate) {
        moments[0].muli(adam.beta1()).addi(gradient.mul(1 - adam.beta1()));
        moments[1].muli(adam.beta2()).addi(gradient.square().muli(1 - adam.beta2()));
        double first = 1 - StrictMath.pow(adam.beta1(), (double) updates);
        double second = 1 - StrictMath.pow(adam.beta2(), (double) updates);
        NDArray denominator = moments[1].div(second).sqrt().addi(adam.epsilon());
        stored.subi(moments[0].mul(learningRate / first).divi(denominator));
    }
}
