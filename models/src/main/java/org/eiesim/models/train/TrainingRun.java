package org.eiesim.models.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** One run of the {@link Trainer}: its arrays, its epochs, its best network so far. */
final class TrainingRun implements AutoCloseable {
    private static final int VALIDATION_BATCH = 256;
    private static final int ORDER_SEED = 1;
    private static final int STEP_SEED = 2;

    private final Network network;
    private final ClassifierGraph graph;
    private final TrainingOptions options;
    private final Minibatches batches;
    private final @Nullable Minibatches validation;
    private final int numValidation;
    private final int numTrain;
    private final Arrays arrays;

    TrainingRun(
            Network network,
            Dataset train,
            @Nullable Dataset validation,
            TrainingOptions options,
            List<? extends WeightParametrization> parametrizations,
            List<? extends TrainingObjective> objectives) {
        this.network = network;
        this.graph = new ClassifierGraph(network);
        this.options = options;
        var inputShape = network.inputs().get(0).shape();
        this.batches = new Minibatches(train, inputShape, options.batchSize());
        this.validation = validation == null ? null : new Minibatches(validation, inputShape, VALIDATION_BATCH);
        this.numValidation = validation == null ? 0 : validation.size();
        this.numTrain = train.size();
        this.arrays =
                EngineThread.call(() -> Arrays.create(network, options.optimizer(), parametrizations, objectives));
    }

    /** Everything that lives in PyTorch's memory; touched on the engine's thread only. */
    private record Arrays(
            Engine engine,
            NDManager manager,
            TrainedTensors tensors,
            List<TrainingObjective.Bound> objectives,
            List<OptimizerState> optimizers) {
        static Arrays create(
                Network network,
                Optimizer optimizer,
                List<? extends WeightParametrization> parametrizations,
                List<? extends TrainingObjective> objectives) {
            Engine engine = NativeEngine.get();
            NDManager manager = engine.newBaseManager();
            try {
                TrainedTensors tensors = new TrainedTensors(manager, network, parametrizations);
                List<TrainingObjective.Bound> bound =
                        objectives.stream().map(o -> o.bind(manager, network)).toList();
                List<NDArray> trainable = new ArrayList<>(tensors.trainable());
                bound.forEach(objective -> trainable.addAll(objective.trainable()));
                List<OptimizerState> optimizers = trainable.stream()
                        .map(array -> new OptimizerState(manager, array, optimizer))
                        .toList();
                return new Arrays(engine, manager, tensors, bound, optimizers);
            } catch (RuntimeException e) {
                manager.close();
                throw e;
            }
        }
    }

    /** Runs all epochs that are not kept, and keeps each. */
    TrainingResult run(ProgressListener listener, Checkpoints.Part part) {
        List<EpochRecord> epochs = new ArrayList<>();
        TrainingCheckpoint kept = kept(part);
        if (kept != null) {
            epochs.addAll(kept.epochs());
        }
        Snapshot best = kept != null
                ? Snapshot.of(kept.best(), network)
                : options.epochs() == 0 ? EngineThread.call(() -> snapshot(-1, Double.NaN, Double.NaN)) : null;
        for (int epoch = epochs.size(); epoch < options.epochs(); epoch++) {
            double trainingLoss = trainEpoch(epoch, listener);
            Score score = EngineThread.call(this::validate);
            EpochRecord epochRecord =
                    new EpochRecord(epoch, trainingLoss, score.loss(), score.accuracy(), lastLearningRate(epoch));
            epochs.add(epochRecord);
            if (best == null || isBetter(score, best)) {
                int index = epoch;
                best = EngineThread.call(() -> snapshot(index, score.accuracy(), score.loss()));
            }
            keep(part, epochs, best);
            listener.onEpoch(epochRecord, options.epochs());
        }
        if (best == null) {
            throw new IllegalStateException("no epoch was run");
        }
        return new TrainingResult(best.network(), best.stored(), best.epoch(), best.accuracy(), epochs);
    }

    /** Reads what an earlier run kept of this training and puts the arrays to it; null if there is nothing. */
    private @Nullable TrainingCheckpoint kept(Checkpoints.Part part) {
        TrainingCheckpoint kept = TrainingCheckpoint.read(part.read());
        if (kept == null) {
            return null;
        }
        boolean isOver = kept.epochs().size() == options.epochs();
        boolean fits = kept.epochs().size() <= options.epochs()
                && kept.best().parameters().keySet().equals(network.parameters().keySet())
                && (isOver || EngineThread.call(() -> restore(kept.arrays())));
        return fits ? kept : null;
    }

    private boolean restore(List<TrainingCheckpoint.Trained> copies) {
        List<OptimizerState> states = arrays.optimizers();
        if (copies.size() != states.size()) {
            return false;
        }
        for (int i = 0; i < copies.size(); i++) {
            if (!states.get(i).fits(copies.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < copies.size(); i++) {
            states.get(i).restore(copies.get(i));
        }
        return true;
    }

    private void keep(Checkpoints.Part part, List<EpochRecord> epochs, Snapshot best) {
        boolean isOver = epochs.size() == options.epochs();
        part.write(stream -> {
            List<TrainingCheckpoint.Trained> copies = isOver
                    ? List.of()
                    : EngineThread.call(() -> arrays.optimizers().stream()
                            .map(OptimizerState::copy)
                            .toList());
            new TrainingCheckpoint(epochs, best.kept(), copies).writeTo(stream);
        });
    }

    private static boolean isBetter(Score score, Snapshot best) {
        if (Double.isNaN(score.accuracy())) {
            return true;
        }
        return score.accuracy() > best.accuracy()
                || (score.accuracy() == best.accuracy() && score.loss() < best.loss());
    }

    private double trainEpoch(int epoch, ProgressListener listener) {
        batches.shuffle(Seeds.derive(Seeds.derive(options.seed(), ORDER_SEED), epoch));
        int numBatches = batches.count();
        long total = (long) numBatches * options.epochs();
        double lossSum = 0;
        for (int batch = 0; batch < numBatches; batch++) {
            long index = (long) epoch * numBatches + batch;
            TrainingStep step =
                    new TrainingStep(epoch, index, total, Seeds.derive(Seeds.derive(options.seed(), STEP_SEED), index));
            int[] samples = batches.indices(batch);
            float loss = EngineThread.call(() -> update(step, samples));
            if (!Float.isFinite(loss)) {
                throw new TrainingException(
                        "training diverged in epoch " + (epoch + 1) + " of " + options.epochs() + " (loss " + loss
                                + "): lower the learning rate, now " + options.learningRate(),
                        null);
            }
            lossSum += (double) loss * samples.length;
            listener.onBatch(epoch, options.epochs(), batch + 1, numBatches);
        }
        return lossSum / numTrain;
    }

    private float update(TrainingStep step, int[] samples) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray inputs = batches.inputs(arrays.manager(), samples);
            NDArray targets = batches.targets(arrays.manager(), samples);
            float loss;
            try (GradientCollector collector = arrays.engine().newGradientCollector()) {
                Map<ParameterKey, NDArray> effective = arrays.tensors().effective();
                Map<String, NDArray> values = graph.forward(inputs, effective, step.seed());
                NDArray logits = graph.logits(values);
                NDArray total = crossEntropy(logits, targets);
                if (options.weightDecay() > 0) {
                    total = addWeightDecay(total, effective);
                }
                TrainingBatch batch = new TrainingBatch(samples, targets, values, logits, effective, step);
                for (TrainingObjective.Bound objective : arrays.objectives()) {
                    total = total.add(objective.term(batch));
                }
                collector.backward(total);
                loss = total.getFloat();
            }
            double learningRate = learningRate(step.epoch(), step.progress());
            arrays.optimizers().forEach(optimizer -> optimizer.update(learningRate));
            arrays.tensors().afterUpdate(step);
            return loss;
        }
    }

    private static NDArray crossEntropy(NDArray logits, NDArray targets) {
        if (!logits.getShape().equals(targets.getShape())) {
            throw new IllegalArgumentException(
                    "the network yields " + logits.getShape() + " for labels of " + targets.getShape());
        }
        return logits.logSoftmax(1)
                .mul(targets)
                .sum()
                .mul(-1.0f / targets.getShape().get(0));
    }

    private NDArray addWeightDecay(NDArray loss, Map<ParameterKey, NDArray> effective) {
        NDArray total = loss;
        for (NDArray tensor : effective.values()) {
            if (tensor.getShape().dimension() >= 2) {
                total = total.add(tensor.square().sum().mul((float) (options.weightDecay() / 2)));
            }
        }
        return total;
    }

    private double learningRate(int epoch, double progress) {
        return options.learningRate() * options.schedule().factor(epoch, progress);
    }

    private double lastLearningRate(int epoch) {
        int numBatches = batches.count();
        double index = (double) epoch * numBatches + numBatches - 1;
        return learningRate(epoch, index / ((double) numBatches * options.epochs()));
    }

    private record Score(double accuracy, double loss) {}

    private Score validate() {
        if (validation == null) {
            return new Score(Double.NaN, Double.NaN);
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Map<ParameterKey, NDArray> effective = arrays.tensors().effective();
            double lossSum = 0;
            int correct = 0;
            for (int batch = 0; batch < validation.count(); batch++) {
                Score score = score(validation, batch, effective);
                lossSum += score.loss();
                correct += (int) score.accuracy();
            }
            return new Score((double) correct / numValidation, lossSum / numValidation);
        }
    }

    /** Sums, not means: images right and cross entropy over one batch. */
    private Score score(Minibatches batches, int batch, Map<ParameterKey, NDArray> effective) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int[] samples = batches.indices(batch);
            NDArray targets = batches.targets(arrays.manager(), samples);
            NDArray logits = graph.logits(graph.forward(batches.inputs(arrays.manager(), samples), effective, null));
            double loss = (double) crossEntropy(logits, targets).getFloat() * samples.length;
            return new Score(
                    countMatches(
                            logits.argMax(1).toLongArray(), targets.argMax(1).toLongArray()),
                    loss);
        }
    }

    private static int countMatches(long[] predicted, long[] labels) {
        int matches = 0;
        for (int i = 0; i < labels.length; i++) {
            if (predicted[i] == labels[i]) {
                matches++;
            }
        }
        return matches;
    }

    private record Snapshot(
            Network network, Map<ParameterKey, List<Tensor>> stored, int epoch, double accuracy, double loss) {
        static Snapshot of(TrainingCheckpoint.Best best, Network network) {
            return new Snapshot(
                    network.withParameters(best.parameters()),
                    best.stored(),
                    best.epoch(),
                    best.accuracy(),
                    best.loss());
        }

        TrainingCheckpoint.Best kept() {
            return new TrainingCheckpoint.Best(epoch, accuracy, loss, network.parameters(), stored);
        }
    }

    private Snapshot snapshot(int epoch, double accuracy, double loss) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return new Snapshot(
                    arrays.tensors().network(arrays.tensors().effective()),
                    arrays.tensors().stored(),
                    epoch,
                    accuracy,
                    loss);
        }
    }

    @Override
    public void close() {
        EngineThread.call(() -> {
            arrays.manager().close();
            return arrays;
        });
    }
}
