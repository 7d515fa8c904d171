package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void whatDoesNotFitGoesOnBelowWithTheFirstColumn() {
        Table<String> table = new Table<String>().text("layer", name -> name);
        IntStream.range(0, 12).forEach(i -> table.number("count " + i, name -> "1234567890"));

        List<String> lines =
                table.format(List.of("conv1", "fc"), List.of("total")).lines().toList();

        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines.stream().filter(line -> line.startsWith("conv1  "))).hasSize(2);
        String all = String.join(" ", lines);
        IntStream.range(0, 12)
                .forEach(i -> assertThat(all.split("count " + i + "\\b", -1)).hasSize(2));
    }

    @Test
    void aLongNameKeepsItsEnds() {
        String name = "/model/encoder/layers.0/attention/self/query/MatMul_output_0_weight_quantized";

        String text = new Table<String>()
                .text("layer", one -> one)
                .count("n", one -> 1L)
                .format(List.of(name));

        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text).contains("/model/encoder/layers", "...", "_quantized");
    }
}
