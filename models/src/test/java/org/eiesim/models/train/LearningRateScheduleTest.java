package org.eiesim.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    @Test
    void factorsAreThoseOfTheFormulas() {
        assertThat(new LearningRateSchedule.Constant().factor(7, 0.9)).isEqualTo(1);
        LearningRateSchedule step = new LearningRateSchedule.Step(3, 0.1);
        assertThat(step.factor(2, 0.5)).isEqualTo(1);
        assertThat(step.factor(3, 0.5)).isEqualTo(0.1);
        assertThat(step.factor(8, 0.5)).isCloseTo(0.01, within(1e-15));
        LearningRateSchedule cosine = new LearningRateSchedule.Cosine();
        assertThat(cosine.factor(0, 0)).isEqualTo(1);
        assertThat(cosine.factor(0, 0.5)).isCloseTo(0.5, within(1e-15));
        assertThat(new LearningRateSchedule.Polynomial(3).factor(0, 0.5)).isEqualTo(0.125);
    }

    @Test
    void rangesAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRateSchedule.Step(0, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRateSchedule.Polynomial(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Optimizer.Momentum(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Optimizer.Adam(0.9, 1, 1e-8));
        assertThatIllegalArgumentException().isThrownBy(() -> TrainingOptions.defaults(-1, 0));
    }
}
