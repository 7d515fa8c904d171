package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class InputQueueTest {
    @Test
    void everyInputRunsOnceAndIsReported() {
        for (int numThreads : new int[] {1, 2, 5}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(100);
            List<Integer> reported = new ArrayList<>();
            List<Object> workers = new InputQueue(100, numThreads, reported::add)
                    .run(Object::new, (worker, input) -> runs.incrementAndGet(input));
            assertThat(workers).hasSize(numThreads);
            for (int input = 0; input < 100; input++) {
                assertThat(runs.get(input)).isEqualTo(1);
                assertThat(reported.get(input)).isEqualTo(input + 1);
            }
        }
    }

    @Test
    void theLowestFailureIsThrown() {
        for (int round = 0; round < 200; round++) {
            InputQueue queue = new InputQueue(64, 4, done -> {});
            assertThatThrownBy(() -> queue.run(Object::new, (worker, input) -> {
                        if (input % 8 == 7) {
                            throw new IllegalArgumentException("input " + input);
                        }
                    }))
                    .hasMessage("input 7");
        }
    }

    @Test
    void noThreadsAreRefused() {
        assertThatThrownBy(() -> new InputQueue(1, 0, done -> {}))
                .hasMessage("the number of threads must be at least 1, not 0");
    }
}
