package org.eiesim.models.train;

/** The rule that turns a gradient {@code g} into a change of the stored tensor {@code w}; {@code lr} is the learning rate. */
public sealed interface Optimizer {
    /** Stochastic gradient descent: {@code w -= lr * g}. */
    record Sgd() implements Optimizer {}

    /**
     * Gradient descent with momentum: {@code v = momentum * v + g; w -= lr * v}.
     *
     * @param momentum in [0, 1)
     */
    record Momentum(double momentum) implements Optimizer {
        /** Checks the range. */
        public Momentum {
            if (!(momentum >= 0 && momentum < 1)) {
                throw new IllegalArgumentException("momentum must be in [0, 1), not " + momentum);
            }
        }
    }

    /**
     * Adam: {@code m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) * g^2;
     * w -= lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)} with t counting updates from 1.
     *
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon keeps the quotient finite, positive
     */
    record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
        /** Checks the ranges. */
        public Adam {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
                throw new IllegalArgumentException("Adam needs beta1 and beta2 in [0, 1) and epsilon > 0, not " + beta1
                        + ", " + beta2 + " and " + epsilon);
            }
        }

        /** Makes Adam with its authors' values: 0.9, 0.999, 1e-8. */
        public Adam() {
            this(0.9, 0.999, 1e-8);
        }
    }
}
