package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Schedule;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;

/** Writes the instructions. */
final class Emit implements Stage {
    @Override
    public String name() {
        return "emit";
    }

    @Override
    public String description() {
        return "Writes the instructions, the tables and the data segments of the program.";
    }

    Program run(Graph graph) throws FormatException {
        Form.require(this, Set.of(Form.ENCODED), graph);
        Schedule schedule = graph.schedule();
        if (schedule == null) {
            throw new FormatException("graph " + graph.name(), "is not scheduled yet; emit takes what is scheduled");
        }
        Emission emission = new Emission(graph, schedule);
        List<Operation> operations = graph.operations();
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof Operation.Product product) {
                boolean inRegisters = i > 0
                        && schedule.swapped().contains(operations.get(i - 1).name());
                new ProductEmission(emission, product, inRegisters).emit();
            } else if (operations.get(i) instanceof Operation.Recurrence cell) {
                new RecurrenceEmission(emission, cell).emit();
            } else if (operations.get(i) instanceof Operation.HostWork work) {
                emission.hostOperation(work);
            } else {
                throw new FormatException(
                        "operation " + operations.get(i).name(), "is an identity; emit takes none, fold drops them");
            }
        }
        return emission.program(new ArrayList<>(graph.outputs()));
    }
}
