package org.eiesim.compiler.compress;

import org.eiesim.compiler.parameter.Reach;

/** Where a value of a method's parameter holds. */
public enum Scope implements Reach {
    /** Each layer has its own value. */
    LAYER,
    /** One value for the whole step. */
    STEP;

    @Override
    public String heading() {
        return "of";
    }
}
