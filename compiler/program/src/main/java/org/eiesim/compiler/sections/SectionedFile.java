package org.eiesim.compiler.sections;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.files.AtomicFiles;

/**
 * A file of sections, each with its own checksum. Little-endian:
 *
 * <pre>
 * file    := header section*
 * header  := magic[4] version:u8 numSections:varint entry{numSections} headerCrc:u32
 * entry   := tag:u8 length:varint crc:u32
 * section := byte{length}                       in the order of the entries, without gaps
 * varint  := 7 bits a byte, lowest first, bit 7 set on all but the last; shortest form only
 * </pre>
 *
 * {@code crc} is the CRC-32C of the section's bytes, {@code headerCrc} that of all header bytes before it. Nothing may
 * follow the last section. So every flipped bit, missing byte and added byte is found, and the error names the section.
 *
 * <p>A parsed file has passed all those checks; what its sections mean is for {@link SectionReader} to find out.
 */
public final class SectionedFile {
    private static final int MIN_ENTRY_LENGTH = 6;

    /** A section takes many times more memory than its six bytes in the table. */
    private static final int MAX_SECTIONS = 1 << 16;

    private static final String HEADER = "header";

    private final FileFormat format;
    private final byte[] bytes;
    private final int version;
    private final List<Section> sections;

    private SectionedFile(FileFormat format, byte[] bytes, int version, List<Section> sections) {
        this.format = format;
        this.bytes = bytes;
        this.version = version;
        this.sections = sections;
    }

    /**
     * Where a section lies.
     *
     * @param tag its tag
     * @param name the tag's name, with {@code #n} (from 1) where several sections bear the tag
     * @param offset its first byte, from the start of the file
     * @param length its bytes
     */
    public record Section(int tag, String name, int offset, int length) {}

    /**
     * A section to be written.
     *
     * @param tag its tag
     * @param bytes its content; not copied
     */
    public record Content(int tag, byte[] bytes) {}

    /**
     * Composes a file.
     *
     * @param format the kind of file
     * @param contents its sections, in order
     * @return the file's bytes; the same for the same sections
     * @throws IllegalArgumentException if a tag has no name in the format, or there are more than 65,536 sections
     */
    public static byte[] toBytes(FileFormat format, List<Content> contents) {
        if (contents.size() > MAX_SECTIONS) {
            throw new IllegalArgumentException(contents.size() + " sections, allowed are " + MAX_SECTIONS);
        }
        SectionWriter file = new SectionWriter();
        file.writeBytes(format.magicBytes());
        file.writeByte(format.version());
        file.writeVarint(contents.size());
        for (Content content : contents) {
            if (content.tag() < 0 || content.tag() >= format.sectionNames().size()) {
                throw new IllegalArgumentException("tag " + content.tag() + " is not one of the "
                        + format.sectionNames().size() + " of " + format.name());
            }
            file.writeByte(content.tag());
            file.writeVarint(content.bytes().length);
            file.writeInt(crc(content.bytes(), 0, content.bytes().length));
        }
        byte[] header = file.toByteArray();
        file.writeInt(crc(header, 0, header.length));
        for (Content content : contents) {
            file.writeBytes(content.bytes());
        }
        return file.toByteArray();
    }

    /**
     * Composes a file on disk, whole or not at all.
     *
     * @param path its path; replaced if it exists
     * @param format the kind of file
     * @param contents its sections, in order
     * @throws IOException if writing fails
     */
    public static void write(Path path, FileFormat format, List<Content> contents) throws IOException {
        AtomicFiles.write(path, toBytes(format, contents));
    }

    /**
     * Reads a file from disk and checks it.
     *
     * @param path its path
     * @param format the kind of file
     * @return the checked file
     * @throws FormatException if it is not such a file or is damaged; the message starts with the path
     * @throws IOException if reading fails
     */
    public static SectionedFile read(Path path, FileFormat format) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FormatException(path.toString(), "is not a file");
        }
        long size = Files.size(path);
        if (size > Integer.MAX_VALUE - 8) {
            throw new FormatException(path.toString(), size + " bytes are more than a " + format.name() + " may have");
        }
        long largest = Runtime.getRuntime().maxMemory() / 2;
        if (size > largest) {
            throw new FormatException(
                    path.toString(),
                    size + " bytes exceed half of the memory (" + largest + "); allow more (a larger heap: java -Xmx)");
        }
        try {
            return parse(Files.readAllBytes(path), format);
        } catch (FormatException e) {
            throw e.within(path.toString());
        }
    }

    /**
     * Checks a file in memory.
     *
     * @param bytes the whole file; not copied
     * @param format the kind of file
     * @return the checked file
     * @throws FormatException if it is not such a file or is damaged
     */
    public static SectionedFile parse(byte[] bytes, FileFormat format) throws FormatException {
        byte[] magic = format.magicBytes();
        int numMagic = Math.min(magic.length, bytes.length);
        if (bytes.length == 0 || !Arrays.equals(magic, 0, numMagic, bytes, 0, numMagic)) {
            throw new FormatException(
                    HEADER, 0, "not a " + format.name() + " file: it does not start with " + format.magic());
        }
        SectionReader header = new SectionReader(HEADER, bytes, 0, bytes.length);
        header.skip(magic.length, "magic");
        int version = header.readByte("version");
        if (version > format.version()) {
            throw new FormatException(
                    HEADER,
                    magic.length,
                    "version " + version + " is newer than this tool reads (" + format.version() + "), or damaged");
        }
        if (version == 0) {
            throw new FormatException(HEADER, magic.length, "version 0 does not exist");
        }
        List<Entry> entries = readTable(header, format, bytes);
        List<Section> sections = place(entries, format, bytes, header.offset());
        return new SectionedFile(format, bytes, version, sections);
    }

    private record Entry(int tag, int length, int crc) {}

    private static List<Entry> readTable(SectionReader header, FileFormat format, byte[] bytes) throws FormatException {
        int numSections = header.readCount("number of sections", MIN_ENTRY_LENGTH);
        if (numSections > MAX_SECTIONS) {
            throw header.error(numSections + " sections, allowed are " + MAX_SECTIONS);
        }
        List<Entry> entries = new ArrayList<>(numSections);
        for (int i = 0; i < numSections; i++) {
            int tag = header.readByte("section tag");
            int length = header.readVarint("section length");
            entries.add(new Entry(tag, length, header.readInt("section checksum")));
        }
        int end = header.offset();
        checkCrc(HEADER, bytes, 0, end, header.readInt("header checksum"));
        for (Entry entry : entries) {
            if (entry.tag() >= format.sectionNames().size()) {
                throw new FormatException(HEADER, "section tag " + entry.tag() + " is unknown in " + format.name());
            }
        }
        return entries;
    }

    private static List<Section> place(List<Entry> entries, FileFormat format, byte[] bytes, int start)
            throws FormatException {
        int[] total = new int[format.sectionNames().size()];
        entries.forEach(entry -> total[entry.tag()]++);
        int[] seen = new int[total.length];
        List<Section> sections = new ArrayList<>(entries.size());
        int offset = start;
        for (Entry entry : entries) {
            int tag = entry.tag();
            seen[tag]++;
            String name = format.sectionNames().get(tag) + (total[tag] > 1 ? "#" + seen[tag] : "");
            if (entry.length() > bytes.length - offset) {
                throw new FormatException(
                        name,
                        offset,
                        "the file ends after " + (bytes.length - offset) + " of " + entry.length() + " bytes");
            }
            checkCrc(name, bytes, offset, entry.length(), entry.crc());
            sections.add(new Section(tag, name, offset, entry.length()));
            offset += entry.length();
        }
        if (offset != bytes.length) {
            throw new FormatException(
                    "end of file", offset, (bytes.length - offset) + " bytes follow the last section");
        }
        return List.copyOf(sections);
    }

    private static void checkCrc(String section, byte[] bytes, int offset, int length, int expected)
            throws FormatException {
        int actual = crc(bytes, offset, length);
        if (actual != expected) {
            throw new FormatException(
                    section, offset, String.format("damaged: checksum %08x, expected %08x", actual, expected));
        }
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /**
     * Returns the version it was written in.
     *
     * @return 1..{@code format.version()}
     */
    public int version() {
        return version;
    }

    /**
     * Returns the bytes before the first section.
     *
     * @return the length of magic, version and table
     */
    public int headerLength() {
        return sections.isEmpty() ? bytes.length : sections.get(0).offset();
    }

    /**
     * Returns all sections.
     *
     * @return the sections in file order, unmodifiable
     */
    public List<Section> sections() {
        return sections;
    }

    /**
     * Returns the only section of a tag.
     *
     * @param tag the tag
     * @return the section, or empty where there is none
     * @throws FormatException if several sections bear the tag
     */
    public Optional<Section> find(int tag) throws FormatException {
        List<Section> all = sections.stream().filter(s -> s.tag() == tag).toList();
        if (all.size() > 1) {
            throw new FormatException(
                    HEADER, all.size() + " sections " + format.sectionNames().get(tag) + ", expected one");
        }
        return all.stream().findFirst();
    }

    /**
     * Returns the only section of a tag.
     *
     * @param tag the tag
     * @return the section
     * @throws FormatException if there is no such section, or several
     */
    public Section require(int tag) throws FormatException {
        return find(tag)
                .orElseThrow(() -> new FormatException(
                        HEADER, "no section " + format.sectionNames().get(tag)));
    }

    /**
     * Opens a section.
     *
     * @param section one of {@link #sections()}
     * @return a reader at its start
     */
    public SectionReader open(Section section) {
        return new SectionReader(section.name(), bytes, section.offset(), section.length());
    }
}
