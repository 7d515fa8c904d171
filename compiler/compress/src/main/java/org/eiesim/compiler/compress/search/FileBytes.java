package org.eiesim.compiler.compress.search;

import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.container.EieWriter;

/** The size of the compressed file, provenance included. */
public final class FileBytes implements CostModel {
    @Override
    public String unit() {
        return "bytes";
    }

    @Override
    public double cost(CompressedNetwork candidate) {
        return EieWriter.toBytes(candidate).length;
    }
}
