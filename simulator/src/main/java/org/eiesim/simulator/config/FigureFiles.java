package org.eiesim.simulator.config;

import java.io.IOException;
import java.nio.file.Path;
import org.eiesim.compiler.parameter.Domain;
import org.eiesim.simulator.figures.OwnFigures;
import org.eiesim.simulator.figures.OwnFiguresReader;

/** Opens figures of energy and area: {@link OwnFigures#BUILT_IN}, or a file, read and checked when it is named. */
record FigureFiles() implements Domain.Files.Opener<OwnFigures> {
    @Override
    public OwnFigures open(String nameOrPath) throws IOException {
        return nameOrPath.equals(OwnFigures.BUILT_IN) ? OwnFigures.NONE : OwnFiguresReader.read(Path.of(nameOrPath));
    }

    @Override
    public String name(OwnFigures value) {
        return value.name();
    }
}
