package org.eiesim.models.network;

import java.util.Set;

/**
 * Names one parameter tensor of a network.
 *
 * @param node the node that owns it
 * @param role its part in that node: {@code weight}, {@code bias}, {@code input_weight}, {@code recurrent_weight}, ...
 */
public record ParameterKey(String node, String role) {
    /** The role of a node's only weight tensor. */
    public static final String WEIGHT = "weight";

    /** The role of a bias. */
    public static final String BIAS = "bias";

    /** The role of a normalisation's factors. */
    public static final String SCALE = "scale";

    /** The role of a batch normalisation's means. */
    public static final String MEAN = "mean";

    /** The role of a batch normalisation's variances. */
    public static final String VARIANCE = "variance";

    /** The role of the value of a constant. */
    public static final String VALUE = "value";

    /** The roles of what a network holds but does not learn by gradient. */
    private static final Set<String> FIXED_ROLES = Set.of(MEAN, VARIANCE, VALUE);

    /**
     * Tells whether training changes this parameter: all but statistics and constants.
     *
     * @return whether it is learnt
     */
    public boolean isLearnt() {
        return !FIXED_ROLES.contains(role);
    }

    /**
     * Returns the name users see for the layer this weight tensor forms.
     *
     * @return the node's name, with {@code .role} where the node has more than one weight tensor
     */
    public String layerName() {
        return role.equals(WEIGHT) ? node : node + "." + role;
    }

    @Override
    public String toString() {
        return node + "." + role;
    }
}
