package org.eiesim.simulator.energy;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.figures.OwnFigures;

/**
 * The area of a machine by component. Registers count for the module they are in; the clock's own cells (0.14 % of EIE's
 * PE) and the wires over the array are not modelled.
 *
 * @param peUm2 area of one PE by component, um2
 * @param lnzdUm2 area of the leading non-zero detection of the whole array, um2
 * @param numPes PEs
 */
public record Area(Map<Component, Double> peUm2, double lnzdUm2, int numPes) {
    /** Keeps a copy of the map. */
    public Area {
        peUm2 = Map.copyOf(peUm2);
    }

    static Area of(MachineConfig config, Memories memories, List<RegisterGroup> registers) {
        double nm = config.get(Parameters.TECHNOLOGY_NM);
        Tables at = Tables.of(config);
        Map<Component, Double> area = new EnumMap<>(Component.class);
        double flipFlop = at.flipFlopAreaUm2().value();
        double selector = at.areaUm2(LogicOperation.MUX2, 1).value();
        for (RegisterGroup group : registers) {
            area.merge(group.component(), group.bits() * flipFlop + group.selectors() * selector, Double::sum);
        }
        area.merge(Component.PTR_READ, 2 * memories.pointerBank().areaUm2().value(), Double::sum);
        area.merge(Component.SPMAT_READ, memories.weights().areaUm2().value(), Double::sum);
        area.merge(Component.ACT_RW, memories.activations().areaUm2().value(), Double::sum);
        area.merge(Component.ARITHM_UNIT, DatapathWidths.of(config).areaUm2(at), Double::sum);
        at.own().areas().forEach((name, um2) -> {
            Component component = Component.valueOf(name.toUpperCase(Locale.ROOT));
            if (component.isPeModule()) {
                area.put(component, um2.value());
            }
        });
        double used = area.values().stream().mapToDouble(Double::doubleValue).sum();
        area.put(Component.FILLER, used * (1 / Constants.CELL_UTILISATION.value() - 1));
        double node = TechnologyScaling.area(Constants.LNZD_NODE_AREA_UM2, Constants.NODE_NM, nm)
                .value();
        OwnFigures.Own ownNode = at.own().areas().get("lnzd");
        double ofNode = ownNode == null ? node * Lnzd.widthRatio(config) : ownNode.value();
        return new Area(area, Lnzd.numNodes(config.pes()) * ofNode, config.pes());
    }

    /**
     * Returns the area of one PE.
     *
     * @return square micrometres
     */
    public double peUm2Total() {
        double sum = 0;
        for (Component component : Component.values()) {
            sum += peUm2.getOrDefault(component, 0.0);
        }
        return sum;
    }

    /**
     * Returns a component's area in the whole machine.
     *
     * @param component a component
     * @return square millimetres; 0 where it takes none
     */
    public double mm2(Component component) {
        return (component == Component.LNZD ? lnzdUm2 : numPes * peUm2.getOrDefault(component, 0.0)) / 1e6;
    }

    /**
     * Returns the area of the machine.
     *
     * @return square millimetres, the sum over the components
     */
    public double mm2() {
        double sum = 0;
        for (Component component : Component.values()) {
            sum += mm2(component);
        }
        return sum;
    }
}
