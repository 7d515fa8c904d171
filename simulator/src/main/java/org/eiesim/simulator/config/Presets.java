package org.eiesim.simulator.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The machines that come with the tool. Their files lie in configs/ of the repository and in the jar. */
public final class Presets {
    /** The chip of the EIE paper: 64 PEs, 800 MHz, 45 nm. */
    public static final String EIE_ISCA16 = "eie-isca16";
    /** The paper's projection of Table V: 256 PEs, 1200 MHz, 28 nm. */
    public static final String EIE_256_28NM = "eie-256-28nm";

    private static final String FOLDER = "/org/eiesim/configs/";

    private Presets() {}

    /**
     * Returns the names, the default first.
     *
     * @return names for {@link #load} and {@code --arch}
     */
    public static List<String> names() {
        return List.of(EIE_ISCA16, EIE_256_28NM);
    }

    /**
     * Returns a preset.
     *
     * @param name one of {@link #names()}
     * @return the machine
     * @throws IllegalArgumentException if there is none of that name
     */
    public static MachineConfig load(String name) {
        try {
            return ConfigReader.parse(text(name), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a preset's file, with its comments.
     *
     * @param name one of {@link #names()}
     * @return YAML
     * @throws IllegalArgumentException if there is none of that name
     */
    public static String text(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("no preset \"" + name + "\", only " + String.join(", ", names()));
        }
        try (InputStream stream = Presets.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            if (stream == null) {
                throw new IllegalStateException("the preset " + FOLDER + name + ".yaml is missing from the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
