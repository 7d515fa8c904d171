package org.eiesim.kernels.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "pes, pes, 0", "clock, colck, 2", "flaw, lawn, 2"})
    void countsSingleCharacterChanges(String a, String b, int distance) {
        assertThat(EditDistance.between(a, b)).isEqualTo(distance);
        assertThat(EditDistance.between(b, a)).isEqualTo(distance);
    }

    @Test
    void theFirstOfEqualsIsNearest() {
        assertThat(EditDistance.nearest("queue", List.of("pes", "queue_slots", "clue", "queues")))
                .isEqualTo("queues");
        assertThat(EditDistance.nearest("b", List.of("a", "c"))).isEqualTo("a");
    }

    /** A hint at a word that has nothing to do with what was written would only mislead. */
    @ParameterizedTest
    @CsvSource({
        "peas, pes",
        "confg, config",
        "colck, clock",
        "clock_, clock",
        "conf, config",
        "frobnicate, ''",
        "x, ''",
        "shwo, show",
        "zzz, ''"
    })
    void onlyAWordThatIsNearIsNamed(String word, String expected) {
        List<String> candidates = List.of("pes", "config", "clock", "show");
        assertThat(EditDistance.hint("%s", word, candidates)).isEqualTo(expected);
        assertThat(EditDistance.hint("%s", word, List.of())).isEmpty();
    }
}
