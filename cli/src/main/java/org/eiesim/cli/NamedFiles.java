package org.eiesim.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives the files that the user named to the inputs and outputs of a network. */
final class NamedFiles {
    private NamedFiles() {}

    /**
     * Gives every input its file: the one under its name, or the next without a name.
     *
     * @param given the files
     * @param names the inputs, in order
     * @param network the network's name, for messages
     * @return one file for each, in the order of the inputs
     * @throws IllegalArgumentException if there are more files or fewer, two for one input, or there is no such input
     */
    static List<Path> ofInputs(List<NamedFile> given, List<String> names, String network) {
        Map<String, Path> named = new LinkedHashMap<>();
        List<Path> unnamed = new ArrayList<>();
        for (NamedFile file : given) {
            if (file.name().isEmpty()) {
                unnamed.add(file.file());
            } else {
                put(named, file, names, "input", network);
            }
        }
        if (given.size() != names.size()) {
            throw new IllegalArgumentException(given.size() + " input files, but " + network + " has " + names.size()
                    + " inputs (" + String.join(", ", names) + "); give --input NAME=FILE for each");
        }
        return names.stream()
                .map(name -> named.containsKey(name) ? named.getOrDefault(name, Path.of("")) : unnamed.remove(0))
                .toList();
    }

    /**
     * Says into which files outputs go.
     *
     * @param given the files
     * @param names the outputs, in order, each once
     * @param network the network's name, for messages
     * @return files by name; outputs that were not asked for have none
     * @throws IllegalArgumentException if a file has no name though there are several outputs, two are for one, or there
     *     is no such output
     */
    static Map<String, Path> ofOutputs(List<NamedFile> given, List<String> names, String network) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (NamedFile file : given) {
            if (file.name().isEmpty() && names.size() > 1) {
                throw new IllegalArgumentException(network + " has several outputs (" + String.join(", ", names)
                        + "); give --output NAME=FILE for each that is wanted");
            }
            put(
                    files,
                    file.name().isEmpty() ? new NamedFile(names.get(0), file.file()) : file,
                    names,
                    "output",
                    network);
        }
        return files;
    }

    private static void put(Map<String, Path> files, NamedFile file, List<String> names, String what, String network) {
        if (!names.contains(file.name())) {
            throw new IllegalArgumentException(
                    network + " has no " + what + " " + file.name() + ", it has " + String.join(", ", names));
        }
        if (files.put(file.name(), file.file()) != null) {
            throw new IllegalArgumentException("two files are given for " + what + " " + file.name());
        }
    }
}
