package org.eiesim.studies.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Writes every parameter of a network as a {@code .npy} file of float32. */
public final class NpyExport {
    private NpyExport() {}

    /**
     * One file of an export.
     *
     * @param parameter the parameter: node and role
     * @param file the file's name
     * @param shape the tensor's shape
     */
    public record Item(String parameter, String file, Shape shape) {}

    /**
     * Writes all files, whole or not at all.
     *
     * @param network the network
     * @param folder the folder for them; must not exist, or be empty
     * @return what was written
     * @throws IOException if writing fails
     */
    public static List<Item> write(Network network, Path folder) throws IOException {
        List<Item> items = new ArrayList<>();
        FileNames names = new FileNames();
        AtomicFiles.writeFolder(folder, part -> {
            for (Map.Entry<ParameterKey, Tensor> parameter :
                    network.parameters().entrySet()) {
                String name = parameter.getKey().toString();
                Item item = new Item(
                        name, names.of(name) + ".npy", parameter.getValue().shape());
                NpyFile.write(part.resolve(item.file()), parameter.getValue());
                items.add(item);
            }
        });
        return List.copyOf(items);
    }
}
