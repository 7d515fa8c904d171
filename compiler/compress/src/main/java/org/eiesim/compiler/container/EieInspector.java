package org.eiesim.compiler.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.container.FileStatistics.SectionSize;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Section;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.RelativeIndex;
import org.eiesim.models.network.Tensor;

/** Measures a container: what {@code inspect} shows. */
public final class EieInspector {
    private EieInspector() {}

    /**
     * Reads and measures a file.
     *
     * @param path the file
     * @return its statistics
     * @throws FormatException as {@link EieReader#read}
     * @throws IOException if reading fails
     */
    public static FileStatistics inspect(Path path) throws IOException {
        return statistics(EieReader.readFile(path));
    }

    /**
     * Measures a file in memory.
     *
     * @param bytes the file's bytes; not changed
     * @return its statistics
     * @throws FormatException as {@link EieReader#read}
     */
    public static FileStatistics inspect(byte[] bytes) throws FormatException {
        SectionedFile file = SectionedFile.parse(bytes, EieFormat.FILE);
        return statistics(EieFile.decode(file, EieReader.defaultMemoryLimitBytes()));
    }

    private static FileStatistics statistics(EieFile file) {
        List<SectionSize> sizes = new ArrayList<>();
        sizes.add(new SectionSize("header", 0, file.headerBytes()));
        List<LayerStatistics> layers = new ArrayList<>();
        for (Section section : file.sections()) {
            sizes.add(new SectionSize(section.name(), section.offset(), section.length()));
            if (section.tag() == EieFormat.LAYER) {
                int index = layers.size();
                CompressedLayer layer = file.network().layers().get(index);
                layers.add(statistics(layer, file.encodings().get(index), section.length()));
            }
        }
        long denseBytes = 0;
        for (Tensor tensor : file.network().network().parameters().values()) {
            denseBytes += (long) Float.BYTES * tensor.shape().size();
        }
        return new FileStatistics(
                file.network().network().name(),
                file.network().provenance(),
                sizes.stream().mapToLong(SectionSize::bytes).sum(),
                denseBytes,
                sizes,
                layers);
    }

    private static LayerStatistics statistics(CompressedLayer layer, LayerEncoding encoding, int sectionBytes) {
        int codebookSize = layer.codebook().length;
        int weightBits = Integer.SIZE - Integer.numberOfLeadingZeros(codebookSize - 1);
        byte[] scanned = Scan.toScanOrder(layer.codes(), layer.shape(), encoding.scanOrder());
        int[] entriesByWidth = RelativeIndex.countByWidth(scanned, 0, scanned.length);
        int fixedIndexBits = 1;
        long fixedBits = Long.MAX_VALUE;
        for (int indexBits = 1; indexBits <= EieFormat.MAX_INDEX_BITS; indexBits++) {
            long bits = (long) entriesByWidth[indexBits] * (weightBits + indexBits) + 32L * codebookSize;
            if (bits < fixedBits) {
                fixedBits = bits;
                fixedIndexBits = indexBits;
            }
        }
        return new LayerStatistics(
                layer.key().layerName(),
                layer.shape(),
                layer.shape().size(),
                encoding.numEntries() - encoding.numPadding(),
                encoding.numEntries(),
                encoding.numPadding(),
                codebookSize,
                weightBits,
                encoding.indexBits(),
                encoding.scanOrder(),
                encoding.codeWordBits(),
                encoding.indexWordBits(),
                fixedIndexBits,
                fixedBits,
                sectionBytes);
    }
}
