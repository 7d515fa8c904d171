package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Schedule;
import org.eiesim.compiler.isa.HostAttribute;
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
    /** Groups of streamed images loaded so far, or skipped because their images are loaded one by one. */
    private int loadedGroups;

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

    /**
     * Begins the work of an image that is outside any repeat, or of the first of those loaded together: streams its group
     * unless it was loaded ahead, then the next group if that can be loaded ahead. Where images are not loaded together,
     * nothing is loaded here.
     */
    void beginGroup(int image) {
        int group = groupOf(image);
        if (group < 0 || schedule.groups().get(group).firstImage() != image) {
            return;
        }
        if (loadedGroups <= group) {
            loadGroup(group);
        }
        if (group + 1 < schedule.groups().size()
                && schedule.groups().get(group + 1).ahead()) {
            loadGroup(group + 1);
        }
    }

    private void loadGroup(int index) {
        Schedule.LoadGroup group = schedule.groups().get(index);
        for (int image = group.firstImage();
                group.together() && image < group.firstImage() + group.numImages();
                image++) {
            loadImage(image, body);
        }
        loadedGroups = index + 1;
    }

    private int groupOf(int image) {
        for (int group = schedule.groups().size() - 1; group >= 0; group--) {
            if (schedule.groups().get(group).firstImage() <= image) {
                return group;
            }
        }
        return -1;
    }

    /** Returns the loads an image needs before each of its products: none where it was loaded with its group. */
    List<Instruction> streamImage(int image) {
        List<Instruction> loads = new ArrayList<>();
        int group = groupOf(image);
        if (group >= 0 && !schedule.groups().get(group).together()) {
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

    void add(Instruction instruction) {
        body.add(instruction);
    }

    void addAll(List<Instruction> instructions) {
        body.addAll(instructions);
    }

    void hostOperation(Operation.HostWork work) {
        add(hostInstruction(work.kind(), work.inputs(), List.of(), work.name(), work.attributes(), work.constants()));
        add(Opcode.BARRIER);
    }

    /** Makes a host operation; its buffers and constants become attributes in the order of its kind. */
    Instruction hostInstruction(
            HostKind kind,
            List<String> reads,
            List<String> updates,
            String output,
            Map<String, Integer> numbers,
            List<float[]> constants) {
        TreeMap<String, Integer> list = new TreeMap<>(numbers);
        Iterator<String> read = reads.subList(1, reads.size()).iterator();
        Iterator<String> update = updates.iterator();
        Iterator<float[]> constant = constants.iterator();
        for (HostAttribute attribute : kind.attributes()) {
            switch (attribute.role()) {
                case NUMBER -> {
                    // Among the numbers.
                }
                case READS -> list.put(attribute.name(), bufferOf(read.next()));
                case UPDATES -> list.put(attribute.name(), bufferOf(update.next()));
                case CONSTANT -> list.put(attribute.name(), addBias(constant.next()));
            }
        }
        attributes.add(list);
        return Instruction.of(
                Opcode.HOST_OPERATION,
                kind.code(),
                bufferOf(reads.get(0)),
                bufferOf(output),
                0,
                0,
                0,
                attributes.size() - 1L);
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
