package org.eiesim.simulator.exact.lanes;

/** Chooses between plain Java and vector instructions, once. */
final class FastestLanes {
    static final Lanes INSTANCE = choose();

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String VECTOR_LANES = "org.eiesim.simulator.exact.vector.VectorLanes";

    private FastestLanes() {}

    private static Lanes choose() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return Lanes.scalar();
        }
        try {
            // By name, since the class cannot even be linked without the module.
            return Class.forName(VECTOR_LANES)
                    .asSubclass(Lanes.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(VECTOR_MODULE + " is there, but not " + VECTOR_LANES, e);
        }
    }
}
