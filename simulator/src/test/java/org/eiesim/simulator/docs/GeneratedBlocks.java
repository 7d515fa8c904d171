package org.eiesim.simulator.docs;

import static org.assertj.core.api.Assertions.assertThat;

/** The parts of a document that the code writes, between two comments. */
final class GeneratedBlocks {
    private GeneratedBlocks() {}

    /** Returns a document with the content of one block replaced. */
    static String replace(String document, String name, String content) {
        String begin = "<!-- generated: " + name + " -->\n";
        String end = "<!-- end of generated: " + name + " -->";
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        assertThat(from).as("marker %s", begin).isNotNegative();
        assertThat(to).as("marker %s", end).isGreaterThan(from);
        return document.substring(0, from + begin.length()) + content + document.substring(to);
    }
}
