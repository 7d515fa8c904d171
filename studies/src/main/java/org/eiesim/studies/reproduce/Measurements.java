package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.studies.workload.EieLayers;
import org.eiesim.studies.workload.LayerShape;
import org.eiesim.studies.workload.LayerWorkload;
import org.jspecify.annotations.Nullable;

/**
 * All runs the tables and figures are made from.
 *
 * @param base the machine of the paper
 * @param layers the nine layers of Table III
 * @param alex8AsPrinted Alex-8 with the 42.9 % live inputs of the run that is printed
 * @param fc8 AlexNet FC8: the authors' data, or a layer drawn at its densities
 * @param fc8AllLive the same with all inputs live: its events count what is stored
 */
record Measurements(MachineConfig base, List<Layer> layers, Layer alex8AsPrinted, Layer fc8, Layer fc8AllLive) {
    /** Live inputs in the published FC8 data. */
    static final double PRINTED_LIVE_DENSITY = 0.429;

    /** The price list of the machine of the paper. */
    EnergyModel energyModel() {
        return EnergyModel.of(base);
    }

    List<String> names() {
        return layers.stream().map(Layer::name).toList();
    }

    /** Returns the nine layers and FC8. */
    List<Layer> layersAndFc8() {
        List<Layer> all = new ArrayList<>(layers);
        all.add(fc8);
        return all;
    }

    Layer layer(String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns how many runs of a layer {@link #take} makes. */
    static int numSteps(List<LayerShape> shapes, int numSeeds, boolean hasDump) {
        return shapes.size() * numSeeds + numSeeds + 2 * (hasDump ? 1 : numSeeds);
    }

    /** Runs everything, several layers side by side; the result does not depend on the number of threads. */
    static Measurements take(
            List<LayerShape> shapes, int numSeeds, @Nullable Dump dump, int threads, IntConsumer progress) {
        MachineConfig base = Presets.load(Presets.EIE_ISCA16);
        AtomicInteger done = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Runs runs = new Runs(base, numSeeds, executor, () -> progress.accept(done.incrementAndGet()));
            List<Pending> layers = new ArrayList<>();
            for (LayerShape shape : shapes) {
                layers.add(runs.synthetic(shape.name(), shape, true));
            }
            LayerShape alex8 = EieLayers.byName("Alex-8").withLiveDensity(PRINTED_LIVE_DENSITY);
            Pending printed = runs.synthetic("Alex-8 at 42.9 % live", alex8, false);
            Pending fc8 = dump == null ? runs.synthetic("FC8-like", EieLayers.FC8_LIKE, true) : runs.real("FC8", dump);
            Pending stored = dump == null
                    ? runs.synthetic("FC8-like, all live", EieLayers.FC8_LIKE.withLiveDensity(1), true)
                    : runs.real("FC8, all live", allLive(dump));
            List<Layer> finished = new ArrayList<>();
            for (Pending layer : layers) {
                finished.add(layer.get());
            }
            return new Measurements(base, List.copyOf(finished), printed.get(), fc8.get(), stored.get());
        } finally {
            executor.shutdownNow();
        }
    }

    private static Dump allLive(Dump dump) {
        float[] ones = new float[dump.numInputs()];
        Arrays.fill(ones, 1);
        return new Dump(dump.matrix(), dump.codebook(), ones, dump.numOutputs());
    }

    /** A layer whose runs are under way. */
    private record Pending(String name, LayerShape shape, Input input, List<Future<Draw>> draws) {
        Layer get() {
            List<Draw> finished = new ArrayList<>();
            for (Future<Draw> draw : draws) {
                try {
                    finished.add(draw.get());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("layer " + name, e.getCause());
                }
            }
            return new Layer(name, shape, input, finished);
        }
    }

    /** Hands out runs. */
    private record Runs(MachineConfig base, int numSeeds, ExecutorService executor, Runnable onDone) {
        Pending synthetic(String name, LayerShape shape, boolean onAllMachines) {
            List<Future<Draw>> draws = new ArrayList<>();
            for (int seed = 1; seed <= numSeeds; seed++) {
                LayerWorkload workload = LayerWorkload.of(shape, seed);
                draws.add(
                        submit(() -> onAllMachines ? Draw.measure(workload, base) : Draw.measureBase(workload, base)));
            }
            return new Pending(name, shape, Input.SYNTHETIC, draws);
        }

        Pending real(String name, Dump dump) {
            LayerWorkload workload = LayerWorkload.of(name, dump);
            return new Pending(
                    name, EieLayers.FC8_LIKE, Input.REAL, List.of(submit(() -> Draw.measure(workload, base))));
        }

        private Future<Draw> submit(Callable<Draw> run) {
            return executor.submit(() -> {
                Draw draw = run.call();
                onDone.run();
                return draw;
            });
        }
    }
}
