package org.eiesim.studies.workload;

import java.util.List;
import java.util.Map;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.MachineConfig;

/**
 * Something to run on many machines: a layer, or a network with inputs. Machines that agree in {@link
 * #traceParameters()} share one trace. Immutable; may be shared between threads.
 */
public sealed interface Workload permits LayerWorkload, NetworkWorkload {
    /**
     * Returns what tables call it.
     *
     * @return a name
     */
    String name();

    /**
     * Returns a text that changes whenever the workload does: its files' contents, seeds and options.
     *
     * @return one line
     */
    String identity();

    /**
     * Returns the parameters of the machine its trace depends on.
     *
     * @return constants of {@link org.eiesim.simulator.config.Parameters}
     */
    List<Parameter<?>> traceParameters();

    /**
     * Lays the workload out on a machine.
     *
     * @param config the machine
     * @return what all machines with the same values of {@link #traceParameters()} share
     * @throws IllegalArgumentException if the machine cannot run it; one line that says why
     */
    WorkloadTrace trace(MachineConfig config);

    /**
     * Tells why a machine cannot run this workload, as far as that can be told without laying it out.
     *
     * @param config the machine
     * @throws IllegalArgumentException if it cannot; one line
     */
    void requireRunnable(MachineConfig config);

    /**
     * Returns the parameters this workload always runs with, whatever the machine says.
     *
     * @return values by parameter key
     */
    default Map<String, String> fixedSettings() {
        return Map.of();
    }
}
