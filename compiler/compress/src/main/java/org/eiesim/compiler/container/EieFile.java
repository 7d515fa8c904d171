package org.eiesim.compiler.container;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Section;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;

/**
 * A decoded container: the network, and what reading it told about the file.
 *
 * @param network the network
 * @param sections the file's sections
 * @param headerBytes bytes before the first section
 * @param encodings how each layer was coded, as many as the network has layers
 */
record EieFile(CompressedNetwork network, List<Section> sections, int headerBytes, List<LayerEncoding> encodings) {
    /** Bytes a byte of text takes at most: a UTF-16 unit in the decoder, and one in the string. */
    private static final int TEXT_BYTES = 2 * Character.BYTES;

    /**
     * Decodes a file whose checksums were checked.
     *
     * @param file the file
     * @param memoryLimitBytes most bytes to allocate
     * @throws FormatException naming section and offset, if anything does not follow the format
     */
    static EieFile decode(SectionedFile file, long memoryLimitBytes) throws FormatException {
        MemoryBudget budget = new MemoryBudget(memoryLimitBytes);
        SectionReader graph = file.open(file.require(EieFormat.NETWORK));
        budget.reserve(graph, "the names of nodes", graph.remaining(), TEXT_BYTES);
        Sources sources = new Sources(file, budget);
        Network network = new GraphReader(graph, sources, budget).network();
        sources.requireAllRead();
        requireFittingShapes(file, network);
        Provenance provenance = provenance(file.open(file.require(EieFormat.PROVENANCE)), budget);
        requireOrder(file.sections());
        if (file.sections().stream().anyMatch(section -> section.tag() == EieFormat.SIGNATURE)) {
            network = SignatureCodec.read(file.open(file.require(EieFormat.SIGNATURE)), network, budget);
        }
        CompressedNetwork compressed = new CompressedNetwork(network, sources.layers, provenance);
        return new EieFile(compressed, file.sections(), file.headerLength(), sources.encodings);
    }

    private static void requireOrder(List<Section> sections) throws FormatException {
        for (int i = 1; i < sections.size(); i++) {
            if (sections.get(i).tag() < sections.get(i - 1).tag()) {
                throw new FormatException(
                        "header",
                        "section " + sections.get(i).name() + " stands after "
                                + sections.get(i - 1).name());
            }
        }
    }

    private static void requireFittingShapes(SectionedFile file, Network network) throws FormatException {
        try {
            ShapeInference.infer(network);
        } catch (IllegalArgumentException e) {
            throw file.open(file.require(EieFormat.NETWORK)).error(String.valueOf(e.getMessage()));
        }
    }

    private static Provenance provenance(SectionReader in, MemoryBudget budget) throws FormatException {
        budget.reserve(in, "the provenance", in.remaining(), TEXT_BYTES);
        String source = in.readString("source");
        long seed = in.readLong("seed");
        String toolVersion = in.readString("tool version");
        String recipe = TextCodec.read(in, "recipe", budget);
        in.requireEnd();
        return new Provenance(source, recipe, seed, toolVersion);
    }

    /** Reads tensors from the parameters and layer sections as the graph asks for them. */
    private static final class Sources implements GraphReader.TensorSource {
        private final SectionedFile file;
        private final MemoryBudget budget;
        private final SectionReader parameters;
        private final List<Section> layerSections;
        private final List<CompressedLayer> layers = new ArrayList<>();
        private final List<LayerEncoding> encodings = new ArrayList<>();

        Sources(SectionedFile file, MemoryBudget budget) throws FormatException {
            this.file = file;
            this.budget = budget;
            this.parameters = file.open(file.require(EieFormat.PARAMETERS));
            this.layerSections = file.sections().stream()
                    .filter(section -> section.tag() == EieFormat.LAYER)
                    .toList();
        }

        @Override
        public Tensor stored(ParameterKey key, Shape shape) throws FormatException {
            return ParameterCodec.read(parameters, key, shape, budget);
        }

        @Override
        public Tensor coded(ParameterKey key, Shape shape) throws FormatException {
            if (layers.size() == layerSections.size()) {
                throw parameters.error(
                        "layer " + key.layerName() + " has no section: the file has " + layerSections.size());
            }
            SectionReader in = file.open(layerSections.get(layers.size()));
            budget.reserve(in, "the weights of layer " + key.layerName(), shape.size(), Float.BYTES);
            LayerCodec.Decoded decoded = LayerCodec.read(in, key, shape, budget);
            layers.add(decoded.layer());
            encodings.add(decoded.encoding());
            return decoded.layer().decode();
        }

        void requireAllRead() throws FormatException {
            parameters.requireEnd();
            if (layers.size() < layerSections.size()) {
                Section unused = layerSections.get(layers.size());
                throw new FormatException(
                        unused.name(), unused.offset(), "no tensor of the network refers to this section");
            }
        }
    }
}
