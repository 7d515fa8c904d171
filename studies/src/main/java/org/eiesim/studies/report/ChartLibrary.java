package org.eiesim.studies.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The library that draws the charts, D3, as its webjar carries it.
 *
 * @param version its version
 * @param script its code
 * @param licence the text of its licence
 */
record ChartLibrary(String version, String script, String licence) {
    private static final String PROPERTIES = "META-INF/maven/org.webjars.npm/d3/pom.properties";

    /** Reads it from the class path. */
    static ChartLibrary load() {
        Properties properties = new Properties();
        try (InputStream stream = open(PROPERTIES)) {
            properties.load(stream);
            String version = properties.getProperty("version");
            String folder = "META-INF/resources/webjars/d3/" + version + "/";
            return new ChartLibrary(version, text(folder + "dist/d3.min.js"), text(folder + "LICENSE"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream = open(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String resource) {
        InputStream stream = ChartLibrary.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException(resource + " is missing from the build");
        }
        return stream;
    }
}
