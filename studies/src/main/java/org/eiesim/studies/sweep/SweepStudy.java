package org.eiesim.studies.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.studies.json.JsonTree;
import org.eiesim.studies.version.ToolVersion;
import org.eiesim.studies.workload.Workload;

/**
 * A sweep: runs every workload on every machine of a specification and writes what it found to a folder. Killed at any
 * moment, it goes on where it was; the tables are the same byte for byte, however often that happens and on however many
 * threads it runs.
 */
public final class SweepStudy {
    /** The lines finished so far; what a sweep goes on from. */
    public static final String JOURNAL_FILE = "sweep.journal";

    /** The table as comma-separated values. */
    public static final String CSV_FILE = "sweep.csv";

    /** The same table as Parquet. */
    public static final String PARQUET_FILE = "sweep.parquet";

    /** The table of layers as comma-separated values. */
    public static final String LAYERS_CSV_FILE = "layers.csv";

    /** The table of layers as Parquet. */
    public static final String LAYERS_PARQUET_FILE = "layers.parquet";

    /** The fronts of time, energy and area. */
    public static final String PARETO_FILE = "pareto.csv";

    /** What was swept, and the best machines. */
    public static final String SUMMARY_FILE = "summary.json";

    /** Everything a sweep writes to its folder. */
    public static final List<String> FILE_NAMES = List.of(
            JOURNAL_FILE, CSV_FILE, PARQUET_FILE, LAYERS_CSV_FILE, LAYERS_PARQUET_FILE, PARETO_FILE, SUMMARY_FILE);

    private static final int FORMAT_VERSION = 2;

    private final SweepSpec spec;
    private final List<SweepPoint> points;
    private final byte[] key;

    private SweepStudy(SweepSpec spec) {
        this.spec = spec;
        points = spec.points();
        key = key(spec, points);
    }

    /**
     * Reads a specification and everything it names.
     *
     * @param specification a YAML file, as docs/sweeps.md describes it
     * @return the sweep
     * @throws IOException if a file cannot be read, and {@link org.eiesim.kernels.bits.FormatException} naming file and
     *     line if one is not right
     */
    public static SweepStudy open(Path specification) throws IOException {
        return new SweepStudy(SweepSpecReader.read(specification));
    }

    static SweepStudy of(SweepSpec spec) {
        return new SweepStudy(spec);
    }

    /**
     * Returns how many lines the table will have.
     *
     * @return machines times workloads
     */
    public int numLines() {
        return Math.multiplyExact(points.size(), spec.workloads().size());
    }

    /**
     * Runs what is not finished yet and writes all tables.
     *
     * @param folder receives them; made if it does not exist
     * @param restart whether to begin anew even if the folder holds finished lines
     * @param numThreads threads, &ge; 1; the tables do not depend on it
     * @param progress is told how many lines are finished; called from all threads, one at a time
     * @return what was found
     * @throws IOException if the folder cannot be written, and {@link org.eiesim.kernels.bits.FormatException} if it holds
     *     the journal of another sweep
     */
    public SweepResult run(Path folder, boolean restart, int numThreads, IntConsumer progress) throws IOException {
        Files.createDirectories(folder);
        int numResumed;
        List<SweepRow> rows;
        try (SweepJournal journal = SweepJournal.open(folder.resolve(JOURNAL_FILE), key, restart)) {
            numResumed = journal.finished().size();
            rows = new SweepRunner(points, spec.workloads(), journal, progress).run(numThreads);
            SweepFronts fronts = new SweepFronts(points, spec.workloads(), rows, spec.frontTime());
            List<TableLine> lines = fronts.lines();
            CsvTable.write(folder.resolve(CSV_FILE), Columns.ALL, lines);
            ParquetTable.write(folder.resolve(PARQUET_FILE), Columns.ALL, lines);
            List<LayerLine> layers = LayerLine.of(lines);
            CsvTable.write(folder.resolve(LAYERS_CSV_FILE), Columns.LAYERS, layers);
            ParquetTable.write(folder.resolve(LAYERS_PARQUET_FILE), Columns.LAYERS, layers);
            List<SweepFronts.Front> all = fronts.fronts();
            FrontTable.write(folder.resolve(PARETO_FILE), spec.axes(), all, spec.frontTime());
            SweepResult result = new SweepResult(
                    spec, HexFormat.of().formatHex(key), points, rows, all, fronts.numInfeasible(), numResumed);
            AtomicFiles.write(
                    folder.resolve(SUMMARY_FILE),
                    JsonTree.write(result.summary()).getBytes(StandardCharsets.UTF_8));
            return result;
        }
    }

    /** Digests everything the table depends on. */
    private static byte[] key(SweepSpec spec, List<SweepPoint> points) {
        StringBuilder text = new StringBuilder("eiesim sweep ").append(FORMAT_VERSION);
        text.append(" tool ").append(ToolVersion.text()).append('\n');
        Columns.ALL.forEach(column -> text.append(column.name()).append(' '));
        for (Workload workload : spec.workloads()) {
            text.append('\n').append(workload.name()).append(": ").append(workload.identity());
        }
        for (SweepPoint point : points) {
            text.append('\n');
            for (Parameter<?> parameter : Parameters.ALL) {
                text.append(point.text(parameter)).append(' ');
            }
            MachineConfig config = point.config();
            if (config != null) {
                config.get(Parameters.ENERGY)
                        .files()
                        .forEach(file -> text.append(file.sha256()).append(' '));
            }
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
