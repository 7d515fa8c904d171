package org.eiesim.studies.outputs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.program.ProgramReader;
import org.eiesim.studies.files.FileHead;
import org.eiesim.studies.quickstart.QuickstartListener.Stage;
import org.eiesim.studies.reproduce.ReproductionFiles;
import org.eiesim.studies.sweep.SweepStudy;
import org.jspecify.annotations.Nullable;

/**
 * What a command writes. An output may replace what an earlier run wrote, and nothing else: what is there is looked at by
 * its content, not by its name.
 */
public enum OutputKind {
    /** A compressed network. */
    CONTAINER("an .eie file", head -> head.startsWith(EieReader.MAGIC)),
    /** A compiled program. */
    PROGRAM("an .eiex file", head -> head.startsWith(ProgramReader.MAGIC)),
    /** A network. */
    ONNX("an ONNX file", FileHead::isOnnx),
    /** A result; no trace. */
    JSON("a JSON file", head -> head.isJson() && !head.isTraceEvents()),
    /** A trace for ui.perfetto.dev. */
    TRACE_EVENTS("a file of trace events", FileHead::isTraceEvents),
    /** A trace for wave viewers. */
    VALUE_CHANGES("a VCD file", head -> head.startsWith("$")),
    /** A page. */
    HTML("an HTML file", head -> head.startsWithIgnoringCase("<!doctype html")),
    /** Counts in Accelergy's format. */
    ACTION_COUNTS("a file of action counts", head -> head.hasLine("action_counts:")),
    /** A program as text. */
    ASSEMBLY("an assembly file", head -> head.hasLine(".program ")),
    /** An array as NumPy stores it. */
    NPY("an .npy file", head -> head.startsWith("\u0093NUMPY")),
    /** A table of comma-separated values. */
    CSV(
            "a .csv file",
            head -> head.isText() && head.hasLine("") && head.firstLine().contains(",")),
    /** Numbers without a header. */
    RAW("a file of raw numbers", FileHead::isRawNumbers),
    /** A folder that is made by the command. */
    NEW_FOLDER("a folder", head -> false),
    /** What {@code eie quickstart} leaves. */
    QUICKSTART("a folder", head -> false) {
        @Override
        public List<String> fileNames() {
            return List.of(Stage.values()).stream().map(Stage::fileName).toList();
        }

        @Override
        OutputKind kindOf(String name) {
            return name.endsWith(".onnx")
                    ? ONNX
                    : name.endsWith(".eie") ? CONTAINER : name.endsWith(".eiex") ? PROGRAM : ofText(name);
        }
    },
    /** What {@code eie sweep} leaves. */
    SWEEP("a folder", head -> false) {
        @Override
        public List<String> fileNames() {
            return SweepStudy.FILE_NAMES;
        }

        @Override
        boolean isEarlierRun(Path folder) {
            return Files.isRegularFile(folder.resolve(SweepStudy.JOURNAL_FILE));
        }
    },
    /** What {@code eie reproduce} leaves. */
    REPRODUCTION("a folder", head -> false) {
        @Override
        public List<String> fileNames() {
            return ReproductionFiles.fileNames();
        }

        @Override
        boolean isEarlierRun(Path folder) {
            return Files.isRegularFile(folder.resolve(ReproductionFiles.JSON_FILE));
        }
    };

    /** Tells by its beginning whether a file is of a kind. */
    @FunctionalInterface
    interface Recognition {
        boolean accepts(FileHead head) throws IOException;
    }

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Recognition recognition;

    OutputKind(String description, Recognition recognition) {
        this.description = description;
        this.recognition = recognition;
    }

    /**
     * Says what it is.
     *
     * @return with its article, such as {@code an ONNX file}
     */
    public String description() {
        return description;
    }

    /**
     * Tells whether it is a folder.
     *
     * @return whether one path stands for several files
     */
    public boolean isFolder() {
        return description.equals("a folder");
    }

    /**
     * Returns the files a folder output consists of.
     *
     * @return their names; none for a file, and for a folder that must be new
     */
    public List<String> fileNames() {
        return List.of();
    }

    /** Returns the kind of one of the folder's files. */
    OutputKind kindOf(String name) {
        return ofText(name);
    }

    /** Tells whether a folder is of an earlier run, whose files may be replaced. */
    boolean isEarlierRun(Path folder) {
        return Files.isDirectory(folder.resolve(RESUME_FOLDER))
                || fileNames().stream().allMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** Where an interrupted run of several steps keeps what is finished, within its folder. */
    public static final String RESUME_FOLDER = "quickstart.resume";

    private static OutputKind ofText(String name) {
        return name.endsWith(".json") ? JSON : name.endsWith(".html") ? HTML : RAW;
    }

    /**
     * Finds what an output of this kind would destroy.
     *
     * @param path where it is to go
     * @return what is in the way and why it stays, one line; null if the way is free
     * @throws IOException if it cannot be looked at
     */
    public @Nullable String obstacle(Path path) throws IOException {
        if (!isFolder()) {
            if (Files.isDirectory(path)) {
                return path + " is a folder; name " + description;
            }
            return obstacleFile(path, this);
        }
        if (!Files.exists(path)) {
            return null;
        }
        if (!Files.isDirectory(path)) {
            return path + " is a file; name a folder";
        }
        if (this == NEW_FOLDER) {
            return AbandonedFiles.isEmpty(path) ? null : path + " is a folder and is not empty; name a new folder";
        }
        boolean isEarlier = isEarlierRun(path);
        for (String name : fileNames()) {
            Path file = path.resolve(name);
            if (Files.isDirectory(file)) {
                return file + " is a folder, and a file of that name would be written; name another folder";
            }
            if (Files.exists(file) && !isEarlier) {
                return file + " is there and not of an earlier run of this command; name another folder";
            }
            OutputKind kind = kindOf(name);
            String obstacle = kind == RAW ? null : obstacleFile(file, kind);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private static @Nullable String obstacleFile(Path file, OutputKind kind) throws IOException {
        if (!Files.exists(file) || !Files.isRegularFile(file)) {
            return null;
        }
        if (!Files.isWritable(file)) {
            return file + " is write-protected; name another file";
        }
        if (Files.size(file) == 0) {
            return null;
        }
        try (FileHead head = FileHead.open(file)) {
            if (kind.recognition.accepts(head)) {
                return null;
            }
            return file + " is there and is not " + kind.description + " but " + foundKind(head)
                    + "; name another file, or remove it";
        }
    }

    private static String foundKind(FileHead head) throws IOException {
        for (OutputKind kind : List.of(CONTAINER, PROGRAM, NPY, TRACE_EVENTS, JSON, HTML, ASSEMBLY, ONNX)) {
            if (kind.recognition.accepts(head)) {
                return kind.description;
            }
        }
        return head.isText() ? "another text" : "of another kind";
    }
}
