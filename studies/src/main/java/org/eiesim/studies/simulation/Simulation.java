package org.eiesim.studies.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.eiesim.compiler.program.Program;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.eiesim.simulator.machine.Calibration;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProgramMachine;
import org.eiesim.simulator.machine.ProgramRun;

/**
 * Runs a job over inputs: calibrates it where fixed point needs that, executes it on an engine and, where asked,
 * compares the engine with the functional reference.
 *
 * @param engine the engine
 * @param numeric the numbers to compute in
 * @param numThreads threads, &ge; 1; the result does not depend on it
 * @param isVerified whether to run the functional reference as well and compare
 */
public record Simulation(EngineKind engine, Numeric numeric, int numThreads, boolean isVerified) {
    /**
     * Runs a job.
     *
     * @param unplaced what to run
     * @param inputs the inputs
     * @param progress is told how many inputs are done
     * @return the result
     * @throws IllegalArgumentException if job and inputs do not fit, or sums exceed the numbers' range
     * @throws FailedCheckException if the engine differs from the functional reference
     */
    public SimulationResult run(SimulationJob unplaced, Inputs inputs, IntConsumer progress) {
        SimulationJob job = unplaced.placedFor(inputs, numThreads);
        List<String> notes = new ArrayList<>(job.notes());
        notes.addAll(inputs.notes());
        Program program = job.program();
        if (numeric == Numeric.FIXED_POINT && !program.isCalibrated()) {
            program = Calibration.calibrate(
                    program, job.machine(), inputs.calibration(), inputs.numCalibration(), numThreads, done -> {});
            notes.add("fixed-point formats calibrated on " + inputs.calibratedOn());
        }
        ProgramRun run = run(program, job, inputs, engine.create(), progress);
        if (isVerified) {
            ReferenceCheck.requireEqual(run(program, job, inputs, new FunctionalEngine(), done -> {}), run);
        }
        return new SimulationResult(job, this, program, run, run.accuracy(inputs.labels()), notes);
    }

    private ProgramRun run(Program program, SimulationJob job, Inputs inputs, Engine on, IntConsumer progress) {
        return new ProgramMachine(program, job.machine(), on, numeric)
                .run(inputs.values(), inputs.count(), numThreads, progress);
    }
}
