package org.eiesim.studies.export;

import java.util.HashSet;
import java.util.Set;

/** Turns names of layers and tensors, which may hold anything, into different names of files. */
final class FileNames {
    private final Set<String> taken = new HashSet<>();

    /** Returns a name of letters, digits, dots, dashes and underscores that was not returned before. */
    String of(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
        String unique = plain;
        for (int i = 2; !taken.add(unique); i++) {
            unique = plain + "-" + i;
        }
        return unique;
    }
}
