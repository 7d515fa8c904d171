package org.eiesim.compiler.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Content;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Signature;
import org.eiesim.models.network.Tensor;

/** Writes {@link EieFormat}. The same network always gives the same bytes. */
public final class EieWriter {
    private EieWriter() {}

    /**
     * Encodes a network.
     *
     * @param network the network; its layers may come in any order
     * @return the bytes of the .eie file
     * @throws IllegalArgumentException if a parameter is NaN or infinite, a layer stands for no parameter of the
     *     network, shapes do not fit one another, or a shape has more than eight axes
     */
    public static byte[] toBytes(CompressedNetwork network) {
        ShapeInference.infer(network.network());
        Map<ParameterKey, CompressedLayer> layers = inNodeOrder(network);
        GraphWriter graph = new GraphWriter(layers.keySet());
        graph.network(network.network());
        List<Content> sections = new ArrayList<>();
        sections.add(new Content(EieFormat.NETWORK, graph.graphBytes()));
        sections.add(new Content(EieFormat.PARAMETERS, graph.parameterBytes()));
        for (CompressedLayer layer : layers.values()) {
            sections.add(new Content(EieFormat.LAYER, LayerCodec.write(layer)));
        }
        sections.add(new Content(EieFormat.PROVENANCE, provenance(network.provenance())));
        Signature signature = network.network().signature();
        if (signature != null) {
            sections.add(new Content(EieFormat.SIGNATURE, SignatureCodec.write(signature)));
        }
        return SectionedFile.toBytes(EieFormat.FILE, sections);
    }

    /**
     * Writes a network to a file, whole or not at all.
     *
     * @param network the network
     * @param path the file; replaced if it exists
     * @throws IllegalArgumentException as {@link #toBytes}
     * @throws IOException if writing fails; what was there before then stays
     */
    public static void write(CompressedNetwork network, Path path) throws IOException {
        AtomicFiles.write(path, toBytes(network));
    }

    private static Map<ParameterKey, CompressedLayer> inNodeOrder(CompressedNetwork network) {
        Map<ParameterKey, CompressedLayer> unordered = new LinkedHashMap<>();
        network.layers().forEach(layer -> unordered.put(layer.key(), layer));
        Map<ParameterKey, CompressedLayer> ordered = new LinkedHashMap<>();
        Network graph = network.network();
        for (Map.Entry<ParameterKey, Tensor> parameter : graph.parameters().entrySet()) {
            CompressedLayer layer = unordered.remove(parameter.getKey());
            if (layer != null) {
                ordered.put(layer.key(), layer);
            }
        }
        if (!unordered.isEmpty()) {
            throw new IllegalArgumentException("network " + graph.name() + " has no parameter " + unordered.keySet());
        }
        return ordered;
    }

    private static byte[] provenance(Provenance provenance) {
        SectionWriter out = new SectionWriter();
        out.writeString(provenance.source());
        out.writeLong(provenance.seed());
        out.writeString(provenance.toolVersion());
        TextCodec.write(out, provenance.recipe());
        return out.toByteArray();
    }
}
