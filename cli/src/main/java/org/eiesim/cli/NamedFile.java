package org.eiesim.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file for one input or output of a network: {@code FILE}, or {@code NAME=FILE}, where what stands before the first
 * {@code =} holds no slash.
 *
 * @param name the name, empty where there is none
 * @param file the file
 */
record NamedFile(String name, Path file) {
    /** Parses what the user wrote. */
    static NamedFile parse(String text) {
        int end = text.indexOf('=');
        boolean isNamed = end > 0 && text.lastIndexOf('/', end) < 0;
        return new NamedFile(isNamed ? text.substring(0, end) : "", Path.of(isNamed ? text.substring(end + 1) : text));
    }

    /** Parses for picocli. */
    static final class Converter implements ITypeConverter<NamedFile> {
        @Override
        public NamedFile convert(String text) {
            try {
                return parse(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException("'" + text + "' is not a path");
            }
        }
    }

    /** Returns the file, which is what checks of files look at. */
    @Override
    public String toString() {
        return file.toString();
    }
}
