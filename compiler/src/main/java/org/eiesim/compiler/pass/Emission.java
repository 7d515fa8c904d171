package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Schedule;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.HostBuffer;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.Port;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;

/** A program being written: its tables and segments grow as instructions refer to them. */
final class Emission {
    private final Graph graph;
    private final Schedule schedule;
    private final List<LayerInfo> layers = new ArrayList<>();
    private final List<float[]> codebooks = new ArrayList<>();
    private final List<float[]> biases = new ArrayList<>();
    private final List<SortedMap<String, Integer>> attributes = new ArrayList<>();
    private final List<WeightImage> images = new ArrayList<>();
    private final List<Instruction> setup = new ArrayList<>();
    private final List<Instruction> body = new ArrayList<>();

    Emission(Graph graph, Schedule schedule) {
        this.graph = graph;
        this.schedule = schedule;
    }

    Graph graph() {
        return graph;
    }

    Schedule schedule() {
        return schedule;
    }

    boolean isStored(String value) {
        return schedule.bufferOf().containsKey(value);
    }

    int bufferOf(String value) {
        Integer buffer = schedule.bufferOf().get(value);
        if (buffer == null) {
            throw new IllegalStateException("value " + value + " has no buffer");
        }
        return buffer;
    }

    int addLayer(LayerInfo layer) {
        layers.add(layer);
        return layers.size() - 1;
    }

    int addCodebook(float[] codebook) {
        codebooks.add(codebook);
        return codebooks.size() - 1;
    }

    int addBias(float[] bias) {
        biases.add(bias);
        return biases.size() - 1;
    }

    /** Adds an image; one that stays in the memories is loaded in the setup. */
    int addImage(WeightImage image) {
        images.add(image);
        int index = images.size() - 1;
        if (schedule.resident()) {
            loadImage(index, setup);
        }
        return index;
    }

    /** Loads an image now, unless it stays in the memories. */
    List<Instruction> streamImage(int image) {
        List<Instruction> loads = new ArrayList<>();
        if (!schedule.resident()) {
            loadImage(image, loads);
        }
        return loads;
    }

    private void loadImage(int image, List<Instruction> into) {
        Schedule.Place place = schedule.places().get(image);
        into.add(Instruction.of(Opcode.LOAD_WEIGHTS, image, place.weightAddress()));
        into.add(Instruction.of(Opcode.LOAD_POINTERS, image, place.pointerAddress()));
    }

    void add(Opcode opcode, long... values) {
        body.add(Instruction.of(opcode, values));
    }

    void addAll(List<Instruction> instructions) {
        body.addAll(instructions);
    }

    void hostOperation(Operation.HostWork work) {
        TreeMap<String, Integer> list = new TreeMap<>(work.attributes());
        if (work.kind() == HostKind.ADD) {
            list.put(work.kind().attributes().get(0), bufferOf(work.inputs().get(1)));
        }
        attributes.add(list);
        add(
                Opcode.HOST_OPERATION,
                work.kind().code(),
                bufferOf(work.inputs().get(0)),
                bufferOf(work.name()),
                0,
                0,
                0,
                attributes.size() - 1L);
        add(Opcode.BARRIER);
    }

    Program program(List<Graph.Output> outputs) {
        add(Opcode.HALT);
        if (!setup.isEmpty()) {
            setup.add(Instruction.of(Opcode.BARRIER));
        }
        return new Program(
                graph.name(),
                graph.target(),
                schedule.buffers().stream()
                        .map(buffer -> new HostBuffer(buffer.name(), buffer.length()))
                        .toList(),
                graph.inputs().stream()
                        .map(input -> new Port(input, bufferOf(input)))
                        .toList(),
                outputs.stream()
                        .map(output -> new Port(output.name(), bufferOf(output.value())))
                        .toList(),
                layers,
                codebooks,
                biases,
                attributes,
                images,
                setup,
                body);
    }
}
