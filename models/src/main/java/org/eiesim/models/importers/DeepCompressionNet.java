package org.eiesim.models.importers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.ValueNames;

/**
 * A network in the format Deep Compression's authors released ({@code .net} beside a Caffe {@code .prototxt}). Bytes,
 * little-endian, L being the layers of the description with {@code conv}, {@code fc} or {@code ip} in their names, in its
 * order:
 *
 * <pre>
 * u32 entries[L]                      stored entries per layer, padding included
 * per layer:
 *   f32 codebook[2^B]                 B = 8 where the name has "conv", else 4; entry 0 is 0
 *   f32 bias[outputs]
 *   u8  codes                         B = 8: entries bytes; B = 4: ceil(entries / 2), low nibble first
 *   u8  indices                       ceil(entries / 2), 4 bits each, low nibble first
 * </pre>
 *
 * <p>Entry {@code t} stands at position {@code sum over s <= t of (index[s] + 1) - 1} of the whole flattened tensor
 * (outputs, channels, rows, columns); weights no entry names are 0. An entry with code 0 is padding.
 *
 * <p>Source: Deep Compression, decode.py of the released SqueezeNet (whose NumPy code no longer runs where a layer has an
 * odd number of entries: it keeps the last, unused nibble).
 *
 * @param network the network, with its decoded weights
 * @param layers the shared weights, in the order of the file
 */
public record DeepCompressionNet(Network network, List<SharedWeightTensor> layers) {
    private static final long MAX_BYTES = 1 << 30;

    /**
     * Reads a file.
     *
     * @param net the file
     * @param prototxt the description
     * @return the network
     * @throws FormatException if one of the files is missing or damaged, they do not fit together, or a layer is not
     *     supported; the message has the file, the layer and the offset
     * @throws IOException if reading fails
     */
    public static DeepCompressionNet read(Path net, Path prototxt) throws IOException {
        String description = new String(bytes(prototxt), StandardCharsets.UTF_8);
        byte[] content = bytes(net);
        Prototxt parsed;
        try {
            parsed = Prototxt.parse(description);
        } catch (FormatException e) {
            throw e.within(prototxt.toString());
        }
        try {
            return read(content, parsed);
        } catch (FormatException e) {
            throw e.within(net.toString());
        }
    }

    /**
     * Reads the content of a file.
     *
     * @param content the bytes
     * @param prototxt the text of the description
     * @return the network
     * @throws FormatException as {@link #read(Path, Path)}
     */
    static DeepCompressionNet read(byte[] content, String prototxt) throws FormatException {
        return read(content, Prototxt.parse(prototxt));
    }

    private static DeepCompressionNet read(byte[] content, Prototxt description) throws FormatException {
        List<String> names = new ArrayList<>();
        for (Prototxt layer : description.messages("layer")) {
            String name = layer.word("name", "");
            if (isStored(name, layer.word("type", ""))) {
                names.add(name);
            }
        }
        Reader reader = new Reader(content, names);
        Network network = CaffeNetwork.build(description, reader);
        reader.requireEnd();
        return new DeepCompressionNet(network, List.copyOf(reader.layers));
    }

    private static boolean isStored(String name, String type) {
        boolean hasParameters = type.equals("Convolution") || type.equals("InnerProduct");
        return hasParameters && (name.contains("conv") || name.contains("fc") || name.contains("ip"));
    }

    private static byte[] bytes(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new FormatException(path.toString(), Files.exists(path) ? "is not a file" : "there is no such file");
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new FormatException(path.toString(), "has " + Files.size(path) + " bytes, more than " + MAX_BYTES);
        }
        return Files.readAllBytes(path);
    }

    /** Hands out the layers front to back. */
    private static final class Reader implements CaffeNetwork.Parameters {
        private final ByteBuffer in;
        private final List<String> names;
        private final int[] numEntries;
        private final List<SharedWeightTensor> layers = new ArrayList<>();
        private int next;
        private float[] codebook = new float[0];
        private int codeBits;
        private int afterBias;

        Reader(byte[] content, List<String> names) throws FormatException {
            in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
            this.names = names;
            numEntries = new int[names.size()];
            require("header", 4L * names.size());
            for (int layer = 0; layer < numEntries.length; layer++) {
                numEntries[layer] = in.getInt();
                if (numEntries[layer] < 0) {
                    throw new FormatException(
                            "header",
                            in.position() - Integer.BYTES,
                            Integer.toUnsignedString(numEntries[layer]) + " entries for layer "
                                    + ValueNames.shorten(names.get(layer)));
                }
            }
        }

        private void require(String section, long count) throws FormatException {
            if (count > in.remaining()) {
                throw new FormatException(
                        section, in.position(), count + " bytes are needed, " + in.remaining() + " are left");
            }
        }

        @Override
        public Tensor weight(String caffeName, String nodeName, Shape shape) throws FormatException {
            String section = "layer " + ValueNames.shorten(caffeName);
            if (next == names.size() || !names.get(next).equals(caffeName)) {
                throw new FormatException(
                        section, "its weights are not in the file: only layers named conv, fc or ip are");
            }
            codeBits = caffeName.contains("conv") ? Byte.SIZE : Byte.SIZE / 2;
            require(section, Float.BYTES * (1L << codeBits));
            codebook = floats(section, "codebook", 1 << codeBits);
            if (codebook[0] != 0) {
                throw new FormatException(
                        section,
                        in.position() - Float.BYTES * codebook.length,
                        "codebook entry 0 is " + codebook[0] + ", not 0");
            }
            codebook[0] = 0;
            // The bias lies between codebook and codes.
            int biasAt = in.position();
            require(section, (long) Float.BYTES * shape.extent(0));
            in.position(biasAt + Float.BYTES * shape.extent(0));
            SharedWeightTensor layer = entries(section, new ParameterKey(nodeName, ParameterKey.WEIGHT), shape);
            layers.add(layer);
            int end = in.position();
            in.position(biasAt);
            afterBias = end;
            next++;
            return layer.decode();
        }

        @Override
        public Tensor bias(String caffeName, int numOutputs) throws FormatException {
            float[] bias = floats("layer " + ValueNames.shorten(caffeName), "bias", numOutputs);
            in.position(afterBias);
            return new Tensor(Shape.of(numOutputs), bias);
        }

        private float[] floats(String section, String what, int count) throws FormatException {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = in.getFloat();
                if (!Float.isFinite(values[i])) {
                    throw new FormatException(
                            section, in.position() - Float.BYTES, what + " value " + i + " is " + values[i]);
                }
            }
            return values;
        }

        private SharedWeightTensor entries(String section, ParameterKey key, Shape shape) throws FormatException {
            int count = numEntries[next];
            int codesAt = in.position();
            long codeBytes = codeBits == Byte.SIZE ? count : (count + 1L) / 2;
            require(section, codeBytes + (count + 1L) / 2);
            int indicesAt = codesAt + (int) codeBytes;
            byte[] codes = new byte[shape.size()];
            long position = -1;
            int numPadding = 0;
            for (int t = 0; t < count; t++) {
                position += nibble(indicesAt, t) + 1;
                if (position >= codes.length) {
                    throw new FormatException(
                            section,
                            indicesAt + t / 2,
                            "entry " + t + " stands at position " + position + " of a tensor of " + codes.length);
                }
                int code = codeBits == Byte.SIZE ? in.get(codesAt + t) & 0xFF : nibble(codesAt, t);
                codes[(int) position] = (byte) code;
                numPadding += code == 0 ? 1 : 0;
            }
            in.position(indicesAt + (count + 1) / 2);
            return new SharedWeightTensor(key, shape, codebook, codes, count, numPadding);
        }

        private int nibble(int start, int index) {
            return (in.get(start + index / 2) >> (index % 2 * 4)) & 0xF;
        }

        void requireEnd() throws FormatException {
            if (in.hasRemaining()) {
                throw new FormatException("end", in.position(), in.remaining() + " bytes follow the last layer");
            }
        }
    }
}
