package org.eiesim.studies.reproduce;

/** What a number was made from. */
public enum Input {
    /** Weights and inputs drawn at random with the densities printed. */
    SYNTHETIC("synthetic"),
    /** The weights and inputs the authors published. */
    REAL("real data"),
    /** A network trained and compressed by this tool. */
    TRAINED("trained here"),
    /** Printed figures and the model alone. */
    NONE("-");

    private final String label;

    Input(String label) {
        this.label = label;
    }

    /**
     * Returns the word for tables.
     *
     * @return the word
     */
    public String label() {
        return label;
    }
}
