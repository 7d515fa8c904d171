package org.eiesim.compiler.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.target.Target;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A network on its way to a program. Each pass returns a new one.
 *
 * @param name the network's name
 * @param target the machine
 * @param shapes shape of every value
 * @param inputs names of the network's inputs
 * @param operations the operations, in an order in which they can run
 * @param outputs the network's outputs
 * @param schedule transfers and places, once scheduled
 */
public record Graph(
        String name,
        Target target,
        Map<String, Shape> shapes,
        List<String> inputs,
        List<Operation> operations,
        List<Output> outputs,
        @Nullable Schedule schedule) {
    /** Copies the collections. */
    public Graph {
        shapes = Map.copyOf(shapes);
        inputs = List.copyOf(inputs);
        operations = List.copyOf(operations);
        outputs = List.copyOf(outputs);
    }

    /**
     * An output of the network.
     *
     * @param name its name
     * @param value the value that holds it
     */
    public record Output(String name, String value) {}

    /**
     * Returns the shape of a value.
     *
     * @param value its name
     * @return the shape
     * @throws IllegalArgumentException if there is no such value
     */
    public Shape shape(String value) {
        Shape shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalArgumentException("no value is named " + value);
        }
        return shape;
    }

    /**
     * Returns the graph with other operations and outputs.
     *
     * @param newOperations the operations
     * @param newOutputs the outputs
     * @return the changed graph
     */
    public Graph with(List<Operation> newOperations, List<Output> newOutputs) {
        return new Graph(name, target, shapes, inputs, newOperations, newOutputs, schedule);
    }

    /**
     * Returns the graph with more values.
     *
     * @param more their shapes by name
     * @return the changed graph
     * @throws IllegalArgumentException if a name is taken
     */
    public Graph withShapes(Map<String, Shape> more) {
        Map<String, Shape> all = new HashMap<>(shapes);
        more.forEach((value, shape) -> {
            if (all.put(value, shape) != null) {
                throw new IllegalArgumentException("two values are named " + value);
            }
        });
        return new Graph(name, target, all, inputs, operations, outputs, schedule);
    }

    /**
     * Returns the graph with a schedule.
     *
     * @param newSchedule the schedule
     * @return the changed graph
     */
    public Graph with(Schedule newSchedule) {
        return new Graph(name, target, shapes, inputs, operations, outputs, newSchedule);
    }
}
