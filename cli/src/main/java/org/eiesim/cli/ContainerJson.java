package org.eiesim.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.compiler.container.LayerStatistics;

/** What a container holds and costs, as JSON. */
final class ContainerJson {
    private ContainerJson() {}

    /** Returns a tree for {@link org.eiesim.studies.json.JsonTree}. */
    static Map<String, Object> of(FileStatistics file) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("network", file.networkName());
        tree.put("file_bytes", file.fileBytes());
        tree.put("dense_bytes", file.denseBytes());
        tree.put("ratio", file.ratio());
        List<Map<String, Object>> layers = new ArrayList<>();
        file.layers().forEach(layer -> layers.add(layer(layer)));
        tree.put("layers", layers);
        return tree;
    }

    private static Map<String, Object> layer(LayerStatistics layer) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", layer.name());
        item.put("shape", layer.shape().toArray());
        item.put("weights", layer.weights());
        item.put("nonzeros", layer.nonzeros());
        item.put("entries", layer.entries());
        item.put("padding", layer.padding());
        item.put("codebook_size", layer.codebookSize());
        item.put("weight_bits", layer.weightBits());
        item.put("index_bits", layer.indexBits());
        item.put("mean_code_bits", layer.meanCodeBits());
        item.put("mean_index_bits", layer.meanIndexBits());
        item.put("bytes", layer.sectionBytes());
        return item;
    }
}
