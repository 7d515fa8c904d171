package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eie config list}: the presets, and every parameter with its range. */
@Command(name = "list", description = "List the presets, and every parameter with its default, range and meaning.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigList implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = common.out();
        out.println("Presets for --arch: " + String.join(", ", Presets.names()));
        out.println("Parameters for --set KEY=VALUE and configuration files:");
        out.println();
        out.print(Parameters.TABLE.plain());
        common.writeJson(Map.of("presets", Presets.names(), "parameters", parameters()));
        return ExitCode.DONE;
    }

    private static List<Map<String, Object>> parameters() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("key", parameter.key());
            item.put("type", parameter.domain().kind());
            item.put("default", parameter.defaultText());
            item.put("range", parameter.domain().range());
            item.put("unit", parameter.unit());
            item.put("concern", parameter.reachWord());
            item.put("help", parameter.help());
            list.add(item);
        }
        return list;
    }
}
