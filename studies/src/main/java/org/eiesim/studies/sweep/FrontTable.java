package org.eiesim.studies.sweep;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.eiesim.kernels.files.AtomicFiles;

/** Writes the fronts: the machines' numbers, what they vary in, their figures, and which of them are weighed. */
final class FrontTable {
    private FrontTable() {}

    /** Writes a file. */
    static void write(Path file, List<Axis> axes, List<SweepFronts.Front> fronts, FrontTime time) throws IOException {
        AtomicFiles.write(file, stream -> {
            Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            CSVPrinter printer = new CSVPrinter(writer, CsvTable.FORMAT);
            printer.print("workload");
            printer.print("point");
            for (Axis axis : axes) {
                printer.print(axis.parameter().key());
            }
            printer.printRecord("time_us", "streamed_us", "energy_nj", "area_mm2", "energy_delay_nj_us", "weighed");
            for (SweepFronts.Front front : fronts) {
                for (SweepFronts.Design design : front.front()) {
                    printer.print(front.workload());
                    printer.print(design.point().index());
                    for (Axis axis : axes) {
                        printer.print(design.point().text(axis.parameter()));
                    }
                    printer.printRecord(
                            CsvTable.decimal(design.timeUs()),
                            CsvTable.decimal(design.streamedUs()),
                            CsvTable.decimal(design.energyNj()),
                            CsvTable.decimal(design.areaMm2()),
                            CsvTable.decimal(design.energyDelay()),
                            time.column() + " energy_nj area_mm2");
                }
            }
            printer.flush();
        });
    }
}
