package org.eiesim.compiler.container;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Signature;

/** The signature section of {@link EieFormat}. */
final class SignatureCodec {
    private static final int ITEM_BYTES = 64;
    private static final int MAX_RANK = EieFormat.MAX_RANK + 1;

    private SignatureCodec() {}

    static byte[] write(Signature signature) {
        SectionWriter out = new SectionWriter();
        signature.inputs().forEach(value -> write(out, value));
        signature.outputs().forEach(value -> write(out, value));
        return out.toByteArray();
    }

    private static void write(SectionWriter out, Signature.Value value) {
        out.writeString(value.name());
        out.writeByte(value.type());
        out.writeVarint(value.axes().size());
        for (Signature.Axis axis : value.axes()) {
            out.writeVarint(axis.extent());
            out.writeString(axis.name());
        }
        out.writeVarint(value.batchAxis() + 1);
        out.writeVarint(value.mergedAxis() + 1);
    }

    /** Reads the signature of a network and returns the network with it. */
    static Network read(SectionReader in, Network network, MemoryBudget budget) throws FormatException {
        budget.reserve(in, "the signature", in.remaining(), ITEM_BYTES);
        List<Signature.Value> inputs = values(in, network.inputs().size());
        List<Signature.Value> outputs = values(in, network.outputs().size());
        in.requireEnd();
        Signature signature = new Signature(inputs, outputs);
        Signature plain = Signature.plain(network);
        if (signature.equals(plain)) {
            throw in.error("the signature says what is meant without one");
        }
        requireSamples(in, inputs, plain.inputs());
        requireSamples(in, outputs, plain.outputs());
        return network.withSignature(signature);
    }

    /** Holds the extents beside those of the samples, which the graph tells. */
    private static void requireSamples(SectionReader in, List<Signature.Value> values, List<Signature.Value> plain)
            throws FormatException {
        for (int i = 0; i < values.size(); i++) {
            Signature.Value value = values.get(i);
            List<Signature.Axis> axes = new ArrayList<>(value.axes());
            if (value.batchAxis() != Signature.NONE) {
                axes.remove(value.batchAxis());
            }
            List<Signature.Axis> sample = plain.get(i).axes();
            boolean fits = axes.size() == sample.size() - 1;
            for (int axis = 0; fits && axis < axes.size(); axis++) {
                fits = axis == value.mergedAxis()
                        || axes.get(axis).extent() == sample.get(axis + 1).extent();
            }
            if (!fits) {
                throw in.error("value " + value.name() + " has other extents in the signature than in the network");
            }
        }
    }

    private static List<Signature.Value> values(SectionReader in, int count) throws FormatException {
        List<Signature.Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.readString("name of a value");
            int type = in.readByte("element type");
            int rank = in.readVarint("number of axes", 0, MAX_RANK);
            List<Signature.Axis> axes = new ArrayList<>();
            for (int axis = 0; axis < rank; axis++) {
                axes.add(new Signature.Axis(in.readVarint("extent"), in.readString("name of an extent")));
            }
            int batchAxis = in.readVarint("batch axis", 0, rank) - 1;
            int mergedAxis = in.readVarint("merged axis", 0, rank) - 1;
            values.add(new Signature.Value(name, type, axes, batchAxis, mergedAxis));
        }
        return values;
    }
}
