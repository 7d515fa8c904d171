package org.eiesim.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A dataset folder of 8 x 8 images in four classes, easy enough for a network of a few neurons. */
final class TinyImages {
    static final int NUM_TEST = 80;

    private static final int SIDE = 8;
    private static final int NUM_TRAIN = 400;
    private static final int NUM_CLASSES = 4;
    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;

    private TinyImages() {}

    /** Writes both pairs of idx files. */
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        pair(folder, "train", NUM_TRAIN, 1);
        return writeTestOnly(folder);
    }

    /** Writes the test pair alone. */
    static Path writeTestOnly(Path folder) throws IOException {
        Files.createDirectories(folder);
        pair(folder, "t10k", NUM_TEST, 2);
        return folder;
    }

    /** Images of class c are bright in one quarter, with noise everywhere. */
    private static void pair(Path folder, String name, int count, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE)
                .putInt(IMAGES_MAGIC)
                .putInt(count)
                .putInt(SIDE)
                .putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(LABELS_MAGIC).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(NUM_CLASSES);
            labels.put((byte) label);
            for (int p = 0; p < SIDE * SIDE; p++) {
                int quarter = 2 * (p / SIDE / (SIDE / 2)) + p % SIDE / (SIDE / 2);
                images.put((byte) ((quarter == label ? 100 : 0) + random.nextInt(120)));
            }
        }
        Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
    }
}
