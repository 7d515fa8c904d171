package org.eiesim.cli;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.kernels.files.OutputPaths;
import org.eiesim.studies.outputs.OutputKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Looks at everything a command is to write, before it does anything: no output goes over an input, over another output,
 * over what no earlier run wrote, or where nothing can be written. What a command reads and writes stands at its options
 * as {@link Reads} and {@link Writes}.
 */
final class OutputCheck {
    /** An input or output as the user named it. */
    private record Place(String option, Path path, @Nullable OutputKind kind) {
        boolean isFolder() {
            return kind != null && kind.isFolder();
        }

        @Override
        public String toString() {
            return option + " " + path;
        }
    }

    private final List<Place> inputs = new ArrayList<>();
    private final List<Place> outputs = new ArrayList<>();

    private OutputCheck(CommandSpec command) {
        for (ArgSpec argument : command.args()) {
            if (argument.userObject() instanceof AnnotatedElement element) {
                add(argument, element);
            }
        }
    }

    private void add(ArgSpec argument, AnnotatedElement element) {
        Writes writes = element.getAnnotation(Writes.class);
        if (writes == null && !element.isAnnotationPresent(Reads.class)) {
            return;
        }
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        Object value = argument.getValue();
        List<Object> items = new ArrayList<>();
        if (value instanceof Collection<?> several) {
            items.addAll(several);
        } else if (value != null) {
            items.add(value);
        }
        for (String item :
                items.stream().flatMap(item -> parts(item.toString())).toList()) {
            Path path = path(item);
            if (path == null || (writes != null && path.toString().equals(CommonOptions.STANDARD_OUTPUT.toString()))) {
                continue;
            }
            if (writes == null) {
                if (Files.exists(path)) {
                    inputs.add(new Place(name, path, null));
                }
            } else if (!AtomicFiles.isStream(path)) {
                outputs.add(new Place(name, path, kind(writes, path)));
            }
        }
    }

    /** Splits a dataset that is given as two files, {@code samples.npy,labels.npy}. */
    private static Stream<String> parts(String text) {
        int comma = text.indexOf(".npy,");
        return comma < 0
                ? Stream.of(text)
                : Stream.of(text.substring(0, comma + ".npy".length()), text.substring(comma + ".npy,".length()));
    }

    private static @Nullable Path path(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static OutputKind kind(Writes writes, Path path) {
        boolean isSuffixed = !writes.suffix().isEmpty()
                && path.toString().toLowerCase(Locale.ROOT).endsWith(writes.suffix());
        return isSuffixed ? writes.suffixed() : writes.value();
    }

    /**
     * Looks at all outputs of a command.
     *
     * @param command the command, its arguments parsed
     * @return why it must not be run, one line; null if all is well
     * @throws IOException if a path cannot be looked at
     */
    static @Nullable String obstacle(CommandSpec command) throws IOException {
        OutputCheck check = new OutputCheck(command);
        for (Place output : check.outputs) {
            String obstacle = check.obstacle(output);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private @Nullable String obstacle(Place output) throws IOException {
        for (Place input : inputs) {
            String obstacle = overInput(output, input);
            if (obstacle != null) {
                return obstacle;
            }
        }
        for (Place other : outputs) {
            if (!other.equals(output) && isOver(output, other)) {
                return output + " and " + other + " would be written to the same place; name another";
            }
        }
        @Nullable OutputKind kind = output.kind();
        String obstacle = kind == null ? null : kind.obstacle(output.path());
        return obstacle == null ? unwritable(output) : output.option() + ": " + obstacle;
    }

    private static @Nullable String overInput(Place output, Place input) throws IOException {
        if (OutputPaths.isSame(output.path(), input.path())) {
            boolean isSame = Files.isDirectory(input.path()) && !output.isFolder();
            return isSame
                    ? output + " is a folder, which " + input.option() + " reads; name a file"
                    : output + " would be written over what " + input.option() + " reads; name another";
        }
        if (isOver(input, output)) {
            return output + " would be written over " + input + "; name another folder";
        }
        if (output.kind() == OutputKind.RAW && Files.exists(output.path()) && isPartOfDump(output, input)) {
            return output + " is a part of the dump that " + input.option() + " reads; name another file";
        }
        return null;
    }

    /** Raw numbers cannot be told from a dump's by their content. */
    private static boolean isPartOfDump(Place output, Place input) throws IOException {
        return Files.isDirectory(input.path())
                && OutputPaths.resolve(output.path()).startsWith(OutputPaths.resolve(input.path()))
                && isDump(input.path());
    }

    private static boolean isDump(Path folder) throws IOException {
        return DumpReader.isDump(folder);
    }

    /** Tells whether a path is that of an output, or of a file that a folder output consists of. */
    private static boolean isOver(Place place, Place output) throws IOException {
        @Nullable OutputKind kind = output.kind();
        if (OutputPaths.isSame(place.path(), output.path())) {
            return true;
        }
        if (kind == null || !kind.isFolder()) {
            return false;
        }
        if (kind == OutputKind.NEW_FOLDER) {
            return OutputPaths.resolve(place.path()).startsWith(OutputPaths.resolve(output.path()));
        }
        for (String name : kind.fileNames()) {
            if (OutputPaths.isSame(place.path(), output.path().resolve(name))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String unwritable(Place output) throws IOException {
        Path target = OutputPaths.resolve(output.path());
        Path parent = target.getParent();
        if (parent == null || target.getFileName() == null) {
            return output + " is a folder; name a file";
        }
        Path there = output.isFolder() && Files.exists(target) ? target : parent;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null) {
            return null;
        }
        if (!Files.isDirectory(there)) {
            return output + ": " + there + " is not a folder";
        }
        return Files.isWritable(there) ? null : output + ": nothing can be written to " + there;
    }

    /**
     * Makes the folders that outputs lie in.
     *
     * @param command the command, found to be without obstacle
     * @return what was made, the outermost first
     * @throws IOException if one cannot be made
     */
    static List<Path> makeParents(CommandSpec command) throws IOException {
        List<Path> made = new ArrayList<>();
        for (Place output : new OutputCheck(command).outputs) {
            Path parent = OutputPaths.resolve(output.path()).getParent();
            List<Path> missing = new ArrayList<>();
            for (Path folder = parent; folder != null && !Files.exists(folder); folder = folder.getParent()) {
                missing.add(0, folder);
            }
            for (Path folder : missing) {
                Files.createDirectory(folder);
                made.add(folder);
            }
        }
        return made;
    }
}
