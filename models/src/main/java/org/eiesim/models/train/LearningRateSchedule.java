package org.eiesim.models.train;

/** How the learning rate changes while training goes on. */
public sealed interface LearningRateSchedule {
    /**
     * Computes the factor the initial learning rate is multiplied with.
     *
     * @param epoch the current epoch, from 0
     * @param progress the part of all updates already made, 0 &le; progress &lt; 1
     * @return the factor, 0..1
     */
    double factor(int epoch, double progress);

    /** The learning rate never changes. */
    record Constant() implements LearningRateSchedule {
        @Override
        public double factor(int epoch, double progress) {
            return 1;
        }
    }

    /**
     * {@code factor = gamma^floor(epoch / epochs)}.
     *
     * @param epochs epochs between two steps, at least 1
     * @param gamma what each step multiplies with, in (0, 1]
     */
    record Step(int epochs, double gamma) implements LearningRateSchedule {
        /** Checks the ranges. */
        public Step {
            if (epochs < 1 || !(gamma > 0 && gamma <= 1)) {
                throw new IllegalArgumentException(
                        "a step schedule needs epochs >= 1 and gamma in (0, 1], not " + epochs + " and " + gamma);
            }
        }

        @Override
        public double factor(int epoch, double progress) {
            int numSteps = epoch / epochs;
            return StrictMath.pow(gamma, numSteps);
        }
    }

    /** {@code factor = (1 + cos(pi * progress)) / 2}. */
    record Cosine() implements LearningRateSchedule {
        @Override
        public double factor(int epoch, double progress) {
            return 0.5 * (1 + StrictMath.cos(Math.PI * progress));
        }
    }

    /**
     * {@code factor = (1 - progress)^power}.
     *
     * @param power the exponent, positive; 1 falls linearly
     */
    record Polynomial(double power) implements LearningRateSchedule {
        /** Checks the range. */
        public Polynomial {
            if (!(power > 0)) {
                throw new IllegalArgumentException("the power of a polynomial schedule must be positive, not " + power);
            }
        }

        @Override
        public double factor(int epoch, double progress) {
            return StrictMath.pow(1 - progress, power);
        }
    }
}
