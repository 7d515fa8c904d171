package org.eiesim.studies.simulation;

import java.util.List;
import org.eiesim.compiler.program.Program;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProgramRun;

/**
 * What a simulation came to.
 *
 * @param job what was run
 * @param simulation how
 * @param program the program as it was run, with its fixed-point formats where there are any
 * @param run outputs and counts
 * @param accuracy fraction of inputs classified rightly, NaN where labels are not known
 * @param notes remarks for the user, one line each
 */
public record SimulationResult(
        SimulationJob job,
        Simulation simulation,
        Program program,
        ProgramRun run,
        double accuracy,
        List<String> notes) {
    /** Copies the list. */
    public SimulationResult {
        notes = List.copyOf(notes);
    }

    /**
     * Returns how long the array works.
     *
     * @return microseconds over all inputs, transfers and host work not counted
     */
    public double timeMicroseconds() {
        return job.config().microseconds(run.cycles());
    }

    /**
     * Returns what happened in all layers together.
     *
     * @return a new record
     */
    public EventRecord events() {
        EventRecord sum = new EventRecord(job.config().pes());
        run.layers().forEach(layer -> sum.add(layer.events()));
        return sum;
    }

    /**
     * Prices the run.
     *
     * @return energy by layer and component, the machine's area and leakage; computed anew by every call
     */
    public RunCost cost() {
        return RunCost.of(job.config(), run);
    }

    /**
     * Returns the mean over the inputs.
     *
     * @return cycles of one input, 0 where there are none
     */
    public double cyclesPerInput() {
        return run.numInputs() == 0 ? 0 : (double) run.cycles() / run.numInputs();
    }
}
