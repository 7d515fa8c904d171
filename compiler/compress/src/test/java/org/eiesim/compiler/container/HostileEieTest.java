package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Content;
import org.eiesim.compiler.sections.SectionedFile.Section;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.junit.jupiter.api.Test;

class HostileEieTest {
    private static final long LIMIT = 1L << 21;

    private static CompressedNetwork small() {
        CompressedNetwork one = EieRoundTripTest.oneLayer(Shape.of(7, 11), 0.3, 5, 1);
        return new CompressedNetwork(one.network(), one.layers(), new Provenance("n", "seed: 1", 1, "0.1.0"));
    }

    @Test
    void everyFlippedBitIsFoundAndNamed() throws FormatException {
        byte[] file = EieWriter.toBytes(small());
        List<Section> sections = SectionedFile.parse(file, EieFormat.FILE).sections();
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            String expected = "header";
            for (Section section : sections) {
                expected = bit / 8 >= section.offset() ? section.name() : expected;
            }
            FormatException refused = refusal(damaged, "bit " + bit);
            assertThat(refused.section()).as("bit %d", bit).isEqualTo(expected);
            assertThat(refused.offset()).as("bit %d", bit).isNotEqualTo(FormatException.NO_OFFSET);
        }
    }

    @Test
    void everyTruncationAndAppendedByteIsFound() {
        byte[] file = EieWriter.toBytes(small());
        for (int length = 0; length < file.length; length++) {
            refusal(Arrays.copyOf(file, length), "length " + length);
        }
        refusal(Arrays.copyOf(file, file.length + 1), "a byte more");
    }

    /** Damage with correct checksums: every byte of every section set to several other values. */
    @Test
    void changedContentWithCorrectedChecksumsGivesANetworkOrAFormatException() throws FormatException {
        int refused = 0;
        int tried = 0;
        for (long seed = 0; seed < 10; seed++) {
            byte[] file = EieWriter.toBytes(RandomNetworks.create(seed));
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                List<Content> contents = contents(file);
                byte[] section = contents.get(random.nextInt(contents.size())).bytes();
                if (section.length == 0) {
                    continue;
                }
                int changes = 1 + random.nextInt(3);
                for (int change = 0; change < changes; change++) {
                    section[random.nextInt(section.length)] = (byte) random.nextInt();
                }
                tried++;
                refused += readsOrIsRefused(SectionedFile.toBytes(EieFormat.FILE, contents), seed) ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(tried / 4);
    }

    @Test
    void cutOrGrownSectionsWithCorrectedChecksumsAreRefused() throws FormatException {
        byte[] file = EieWriter.toBytes(small());
        int numSections = contents(file).size();
        for (int index = 0; index < numSections; index++) {
            int length = contents(file).get(index).bytes().length;
            for (int cut = 0; cut <= length + 1; cut++) {
                if (cut == length) {
                    continue;
                }
                List<Content> contents = contents(file);
                Content section = contents.get(index);
                contents.set(index, new Content(section.tag(), Arrays.copyOf(section.bytes(), cut)));
                refusal(SectionedFile.toBytes(EieFormat.FILE, contents), "section " + index + " of " + cut);
            }
        }
    }

    @Test
    void missingDoubledAndReorderedSectionsAreRefused() throws FormatException {
        byte[] file = EieWriter.toBytes(small());
        for (int index = 0; index < contents(file).size(); index++) {
            List<Content> missing = contents(file);
            Content section = missing.remove(index);
            refusal(SectionedFile.toBytes(EieFormat.FILE, missing), "without section " + index);
            List<Content> doubled = contents(file);
            doubled.add(index, section);
            refusal(SectionedFile.toBytes(EieFormat.FILE, doubled), "section " + index + " twice");
        }
        List<Content> reordered = contents(file);
        reordered.add(0, reordered.remove(reordered.size() - 1));
        assertThat(refusal(SectionedFile.toBytes(EieFormat.FILE, reordered), "order"))
                .hasMessage("header: section network stands after provenance");
    }

    @Test
    void aTensorOfGigabytesInAFewBytesIsRefusedWithoutAllocatingIt() throws FormatException {
        byte[] file = EieWriter.toBytes(EieRoundTripTest.oneLayer(Shape.of(3, 5), 0, 2, 0));
        List<Content> contents = contents(file);
        SectionWriter graph = new SectionWriter();
        graph.writeString("one");
        graph.writeVarint(1);
        graph.writeString("x");
        graph.writeVarint(1);
        graph.writeVarint(46_340);
        graph.writeVarint(1);
        graph.writeByte(0);
        graph.writeString("fc");
        graph.writeVarint(1);
        graph.writeByte(2 << 2 | GraphWriter.IN_LAYER);
        graph.writeVarint(46_340);
        graph.writeVarint(46_340);
        graph.writeByte(GraphWriter.ABSENT);
        graph.writeVarint(1);
        graph.writeVarint(1);
        contents.set(0, new Content(EieFormat.NETWORK, graph.toByteArray()));
        contents.set(1, new Content(EieFormat.PARAMETERS, new byte[0]));
        assertThat(refusal(SectionedFile.toBytes(EieFormat.FILE, contents), "huge"))
                .hasMessageContaining("not enough memory for the weights of layer fc: 8589582400 bytes needed");
    }

    @Test
    void theMemoryLimitHoldsForEveryKindOfContent() throws FormatException {
        CompressedNetwork network = EieRoundTripTest.oneLayer(Shape.of(100, 1000), 0.1, 16, 2);
        byte[] file = EieWriter.toBytes(network);
        assertThat(EieReader.fromBytes(file, 100_000 * 7 + 3 * 12_000 + 10_000).layers())
                .hasSize(1);
        assertThatThrownBy(() -> EieReader.fromBytes(file, 100_000 * 6))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("not enough memory");
        byte[] recipe = EieWriter.toBytes(new CompressedNetwork(
                network.network(), List.of(), new Provenance("n", "a".repeat(5_000_000), 1, "0.1.0")));
        assertThatThrownBy(() -> EieReader.fromBytes(recipe, 10_000_000))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("not enough memory for recipe: 25000000 bytes needed");
    }

    @Test
    void longNamesAndLongListsCountAsMemory() throws FormatException {
        List<Content> contents = contents(EieWriter.toBytes(small()));
        SectionWriter names = new SectionWriter();
        names.writeString("n".repeat(1_000_000));
        contents.set(0, new Content(EieFormat.NETWORK, names.toByteArray()));
        byte[] longName = SectionedFile.toBytes(EieFormat.FILE, contents);
        assertThatThrownBy(() -> EieReader.fromBytes(longName, 3_000_000))
                .hasMessageContaining("not enough memory for the names of nodes: 4000012 bytes needed");
        SectionWriter nodes = new SectionWriter();
        nodes.writeString("n");
        nodes.writeVarint(0);
        nodes.writeVarint(40_000);
        nodes.writeBytes(new byte[80_000]);
        contents.set(0, new Content(EieFormat.NETWORK, nodes.toByteArray()));
        byte[] manyNodes = SectionedFile.toBytes(EieFormat.FILE, contents);
        assertThatThrownBy(() -> EieReader.fromBytes(manyNodes, LIMIT))
                .hasMessageContaining("not enough memory for the list of nodes: 20480000 bytes needed");
    }

    @Test
    void anEncodingThatIsNotTheWritersIsFoundByVerify() throws FormatException {
        CompressedNetwork network = EieRoundTripTest.oneLayer(Shape.of(7, 11), 0.3, 5, 1);
        List<Content> contents = contents(EieWriter.toBytes(network));
        SectionWriter dense = new SectionWriter();
        dense.writeByte(0);
        dense.writeFloats(new float[7]);
        contents.set(1, new Content(EieFormat.PARAMETERS, dense.toByteArray()));
        byte[] file = SectionedFile.toBytes(EieFormat.FILE, contents);
        assertThat(EieReader.fromBytes(file, LIMIT).network()).isEqualTo(network.network());
        assertThatThrownBy(() -> EieVerifier.verify(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("parameters at byte")
                .hasMessageContaining("is not coded as this version writes it");
    }

    @Test
    void aNewerVersionIsToldApartFromDamage() {
        byte[] file = EieWriter.toBytes(small());
        file[4] = EieFormat.VERSION + 1;
        assertThat(refusal(file, "newer")).hasMessageContaining("is newer than this tool reads");
    }

    @Test
    void graphsThatDoNotFitAreRefused() throws FormatException {
        List<Content> contents = contents(EieWriter.toBytes(EieRoundTripTest.oneLayer(Shape.of(4, 5), 0.5, 4, 3)));
        byte[] graph = contents.get(0).bytes();
        // The input's extent stands behind "one", the number of inputs, "x" and the rank.
        assertThat(graph[4 + 1 + 2 + 1]).isEqualTo((byte) 5);
        graph[8] = 6;
        assertThat(refusal(SectionedFile.toBytes(EieFormat.FILE, contents), "shapes"))
                .hasMessageContaining("node fc cannot take x of shape 6");
    }

    private static List<Content> contents(byte[] file) throws FormatException {
        List<Content> contents = new ArrayList<>();
        for (Section section : SectionedFile.parse(file, EieFormat.FILE).sections()) {
            int end = section.offset() + section.length();
            contents.add(new Content(section.tag(), Arrays.copyOfRange(file, section.offset(), end)));
        }
        return contents;
    }

    private static boolean readsOrIsRefused(byte[] file, long seed) {
        try {
            EieReader.fromBytes(file, LIMIT);
            EieVerifier.verify(file);
            return true;
        } catch (FormatException e) {
            assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n");
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + Arrays.toString(file), e);
        }
    }

    private static FormatException refusal(byte[] file, String what) {
        try {
            EieReader.fromBytes(file, LIMIT);
        } catch (FormatException e) {
            return e;
        }
        return fail(what + " was not noticed");
    }
}
