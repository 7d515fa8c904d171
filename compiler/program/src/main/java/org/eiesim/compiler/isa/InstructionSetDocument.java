package org.eiesim.compiler.isa;

import java.util.List;

/** Writes docs/instruction-set.md from the table in {@link Opcode}. */
public final class InstructionSetDocument {
    private static final String INTRODUCTION = """
        # The instruction set

        This page is written by `InstructionSetDocument` from the table in `Opcode`; a test compares the two
        (`mvn verify -pl compiler -am -Dtest=InstructionSetDocumentTest -Dregenerate=true` rewrites it).

        ## The machine an instruction sees

        - **Host buffers**: numbered vectors of numbers in the host's memory. The network's inputs are put there before
          the body runs, its outputs are taken from there afterwards.
        - **Source and destination register file**: value `i` lies in PE `i mod pes` at `i / pes`. Products read the
          source and accumulate into the destination; `swap_register_files` exchanges their roles.
        - **Weight memory and pointer memory** of every PE: weight images are loaded at an address and stay until
          another load covers them.
        - **Codebook**: the table of shared weights of the current layer.
        - **Layer registers**: set by `set_layer` and `set_formats`.

        A program has a *setup*, which runs once and only loads weights and pointers, and a *body*, which runs once per
        input of the network. Instructions take effect in their order; transfers and host work may go on in the
        background until a `barrier`. Both the reader of .eiex files and the assembler refuse a program in which an
        instruction refers to something that does not exist, leaves a buffer, memory or register file, or finds
        something not loaded.

        Layers larger than the machine are tiled: rows into row tiles, one after another; the columns of a row tile into
        column tiles, whose products accumulate into the same registers without rounding in between. Only after the
        last one does `activate` run.

        ## Encoding

        Every instruction has 128 bits, little-endian, in two 64-bit words. Bits 0..7 are the opcode; a field's bits are
        counted from the lowest bit of the first word. Bits that belong to no field are 0. In assembly a field is
        written `name=value`, with the value's name where it has names.
        """;

    private static final String OUTLOOK = """
        ## Program files

        An .eiex file holds a program: magic `EIEX`, a version, a table of sections each with its CRC-32C, then the
        sections: tables (name, target machine, host buffers, inputs, outputs, layers), attribute lists, codebooks,
        biases, setup and body as encoded above, and one section per weight image with, PE by PE, the entry count of
        every column and the entries (code, relative index) at the machine's widths. The grammar is in the javadoc of
        `ProgramWriter`. `eie disasm` writes all of it as text, data included, and `eie asm` makes the same file of it.

        ## Layers

        - **Layers over many vectors** (a dense layer over the steps of a sequence) use `repeat`: its loads and stores
          advance by the `stride` of `set_strides` in every iteration, so 50,000 vectors take no more instructions than
          one.
        - **Convolution**: the host lays out the patches (`im2col`) and each pixel is one iteration. The output is
          channel by channel: stores with `step` = pixels and `stride` = 1. A 1x1 convolution needs no patches: loads
          with `step` = pixels and `stride` = 1 read the channels of one pixel. Each group is a row tile of its own,
          whose image and load offset select its channels.
        - **Winograd's convolution**: the host transforms the inputs (`winograd_input`); a layer of 16 groups has one
          iteration per tile, and before each group its `load_codebook`; the host transforms the sums
          (`winograd_output`). The bias is preloaded in group 5 alone, from where it reaches all outputs of a tile.
        - **Recurrent cells**: a `repeat` over the time steps. In it two `load_activations`, each after its own
          `set_strides`, put the step's input at `position` 0 and the state behind it; one product computes the sums of
          all gates; a `host_operation` computes gates and state.
        - **Streaming**: weights that do not stay in the memories are loaded by the body, where both fit while the
          product before is still at work; the product that uses them waits for them.
        - **Placement** other than interleaved: the rows of an image stand in another order, and so do its bias and its
          outputs until a `put_back` of the host.
        - Opcodes 0x05..0x0f, 0x16..0x1f, 0x23..0x2f, 0x32..0x3e and 0x40..0xff are free, as are the bits no field uses.
        """;

    private static final String HOST_OPERATIONS = """
        ## Host operations

        `x` is the input buffer, `y` the output buffer. A host operation inside a repeat runs in every iteration. Values
        are float32; in fixed-point runs what is written to `y` is rounded to the output format, and states updated
        besides are not rounded unless they hold the same values.
        """;

    private InstructionSetDocument() {}

    /**
     * Writes the page.
     *
     * @return Markdown, lines ending with a line feed
     */
    public static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("\n| opcode | instruction | what it does |\n| --- | --- | --- |\n");
        for (Opcode opcode : Opcode.values()) {
            page.append(String.format("| 0x%02x | `%s` | %s |%n", opcode.code(), opcode.mnemonic(), opcode.text()));
        }
        page.append("\n## Instructions\n");
        for (Opcode opcode : Opcode.values()) {
            instruction(opcode, page);
        }
        page.append("\n").append(HOST_OPERATIONS);
        page.append("\n| kind | attributes | what the host computes |\n| --- | --- | --- |\n");
        for (HostKind kind : HostKind.values()) {
            page.append("| ").append(Field.lower(kind.name())).append(" | ");
            page.append(attributes(kind)).append(" | ").append(kind.text()).append(" |\n");
        }
        page.append('\n').append(OUTLOOK);
        return page.toString().replace("\r\n", "\n");
    }

    private static String attributes(HostKind kind) {
        StringBuilder text = new StringBuilder();
        for (HostAttribute attribute : kind.attributes()) {
            text.append(text.isEmpty() ? "" : ", ").append(attribute.name());
            switch (attribute.role()) {
                case NUMBER -> {
                    // Needs no remark.
                }
                case READS -> text.append(" (buffer)");
                case UPDATES -> text.append(" (buffer, updated)");
                case CONSTANT -> text.append(" (bias segment)");
            }
        }
        return text.toString();
    }

    private static void instruction(Opcode opcode, StringBuilder page) {
        page.append("\n### `")
                .append(opcode.mnemonic())
                .append("`\n\n")
                .append(opcode.text())
                .append('\n');
        if (opcode.fields().isEmpty()) {
            return;
        }
        page.append("\n| field | bits | values | meaning |\n| --- | --- | --- | --- |\n");
        for (Field field : opcode.fields()) {
            int low = opcode.lowBit(field);
            int high = low + field.width() - 1;
            page.append("| `").append(field.symbol()).append("` | ");
            page.append(low == high ? String.valueOf(low) : low + ".." + high).append(" | ");
            page.append(values(field)).append(" | ").append(field.text()).append(" |\n");
        }
    }

    private static String values(Field field) {
        List<String> names = field.valueNames();
        if (names.isEmpty()) {
            return field.min() + ".." + field.max();
        }
        StringBuilder text = new StringBuilder();
        for (int value = 0; value < names.size(); value++) {
            text.append(value == 0 ? "" : ", ").append(value).append(' ').append(names.get(value));
        }
        return text.toString();
    }
}
