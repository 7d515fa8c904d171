package org.eiesim.compiler.asm;

import java.util.List;

/** The directives of assembly: what may stand in it beside instructions, written once for both directions. */
enum Directive {
    PROGRAM("name"),
    TARGET(
            "pes",
            "index_bits",
            "weight_bits",
            "spmat_capacity_entries",
            "pointer_capacity_columns",
            "register_file_length",
            "bias"),
    BUFFER("name", "length"),
    INPUT("name", "buffer"),
    OUTPUT("name", "buffer"),
    LAYER("name", "kind", "shape", "nonzeros", "codebook_size", "vectors"),
    ATTRIBUTES(),
    SETUP(),
    BODY(),
    CODEBOOK(),
    BIAS(),
    VALUES(),
    IMAGE("layer", "first_row", "first_column", "inputs", "bias_column", "rows"),
    PE();

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> fields;

    Directive(String... fields) {
        this.fields = List.of(fields);
    }

    List<String> fields() {
        return fields;
    }

    String word() {
        return "." + Names.lower(this);
    }
}
