package org.eiesim.studies.workload;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.kernels.sparse.InterleavedCsc;

/** SHA-256 of what a workload is made of, so that a sweep finds out when a file has changed. */
final class Digest {
    private final MessageDigest sha;

    private Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Digests a dump: all its files say. */
    static String of(Dump dump) {
        Digest digest = new Digest();
        InterleavedCsc matrix = dump.matrix();
        digest.add(new int[] {matrix.numRows(), matrix.numColumns(), matrix.numPes(), matrix.indexBits()});
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            digest.add(matrix.columnStarts()[pe]);
            digest.sha.update(matrix.codes()[pe]);
            ByteBuffer indices = ByteBuffer.allocate(matrix.relativeIndices()[pe].length * Short.BYTES);
            indices.asShortBuffer().put(matrix.relativeIndices()[pe]);
            digest.sha.update(indices);
        }
        digest.add(dump.codebook());
        digest.add(dump.activations());
        return digest.hex();
    }

    /** Digests a file and the inputs for it. */
    static String of(byte[] file, float[] inputs) {
        Digest digest = new Digest();
        digest.sha.update(file);
        digest.add(inputs);
        return digest.hex();
    }

    private void add(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        sha.update(bytes);
    }

    private void add(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        sha.update(bytes);
    }

    private String hex() {
        return HexFormat.of().formatHex(sha.digest());
    }
}
