package org.eiesim.compiler.sections;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What distinguishes one kind of sectioned file from another.
 *
 * @param name the name users see, such as {@code .eie}
 * @param magic the first four bytes of every such file, as ASCII characters
 * @param version the version this tool writes, and the newest it reads, 1..255
 * @param sectionNames names of the section tags: tag {@code t} is {@code sectionNames.get(t)}; at most 256
 */
public record FileFormat(String name, String magic, int version, List<String> sectionNames) {
    /** Bytes of the magic. */
    static final int MAGIC_LENGTH = 4;

    /** Checks the ranges. */
    public FileFormat {
        sectionNames = List.copyOf(sectionNames);
        if (magic.length() != MAGIC_LENGTH || !magic.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException("magic must be four ASCII characters, not " + magic);
        }
        if (version < 1 || version > 255) {
            throw new IllegalArgumentException("version must be 1..255, not " + version);
        }
        if (sectionNames.isEmpty() || sectionNames.size() > 256) {
            throw new IllegalArgumentException("1..256 section names, not " + sectionNames.size());
        }
    }

    byte[] magicBytes() {
        return magic.getBytes(StandardCharsets.US_ASCII);
    }
}
