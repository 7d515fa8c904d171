package org.eiesim.studies.cost;

import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.compress.CostModels.Measure;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.studies.workload.NetworkWorkload;
import org.eiesim.studies.workload.WorkloadTrace;

/** The cost of a candidate that is lowered and run, in float32, over sample inputs: exactly what simulate reports. */
final class SampledCost implements CostModel {
    private final MachineCosts machine;
    private final Measure measure;
    private final float[] inputs;
    private final int numInputs;

    SampledCost(MachineCosts machine, Measure measure, float[] inputs, int numInputs) {
        this.machine = machine;
        this.measure = measure;
        this.inputs = inputs;
        this.numInputs = numInputs;
    }

    @Override
    public String unit() {
        return MachineCosts.unit(measure);
    }

    @Override
    public double cost(CompressedNetwork candidate) {
        NetworkWorkload workload = new NetworkWorkload("candidate", "", candidate, inputs, numInputs, Numeric.FLOAT32);
        WorkloadTrace trace = workload.trace(machine.config());
        return machine.total(measure, trace) / numInputs;
    }
}
