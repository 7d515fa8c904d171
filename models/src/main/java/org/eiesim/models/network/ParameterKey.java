package org.eiesim.models.network;

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
