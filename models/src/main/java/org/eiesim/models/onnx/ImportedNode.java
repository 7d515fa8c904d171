package org.eiesim.models.onnx;

import java.util.List;

/**
 * What the importer makes of a node of an ONNX file.
 *
 * @param name the node's name, or that of its first output where it has none
 * @param operator its operator
 * @param outcome what it becomes
 * @param becomes names of the nodes of the network that it becomes, is part of, or whose value it hands on; empty for
 *     constants and for what nothing reads
 */
public record ImportedNode(String name, String operator, Outcome outcome, List<String> becomes) {
    /** What a node may become. */
    public enum Outcome {
        /** A layer whose weights the machine holds. */
        LAYER("layer on the machine"),
        /** A node without weights. */
        OPERATION("host operation"),
        /** Part of another node. */
        FOLDED("folded into"),
        /** A value known before the network runs. */
        CONSTANT("constant"),
        /** Nothing: it hands its input on. */
        HANDED_ON("left out, hands on"),
        /** Nothing: no output of the network needs it. */
        UNREAD("left out, nothing reads it");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /**
         * Says it in words.
         *
         * @return the words, behind which names follow
         */
        public String text() {
            return text;
        }
    }

    /** Copies the list. */
    public ImportedNode {
        becomes = List.copyOf(becomes);
    }
}
