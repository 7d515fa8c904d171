package org.eiesim.simulator.config;

/** What a fixed-point format must hold of the magnitudes calibration sees. */
public enum CalibrationRule {
    /** The largest. */
    MAX,
    /** A percentile of them. */
    PERCENTILE
}
