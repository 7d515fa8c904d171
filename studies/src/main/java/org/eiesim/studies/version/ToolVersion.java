package org.eiesim.studies.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as {@code eie --version}, results and provenance name it. */
public final class ToolVersion {
    private ToolVersion() {}

    /**
     * Returns the version.
     *
     * @return the build's version, such as {@code 0.1.0}
     */
    public static String text() {
        Properties properties = new Properties();
        try (InputStream stream = ToolVersion.class.getResourceAsStream("version.properties")) {
            if (stream == null) {
                throw new IllegalStateException("version.properties is missing from the build");
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }
}
