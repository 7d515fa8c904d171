package org.eiesim.studies.quickstart;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.train.TrainingOptions;
import org.eiesim.studies.quickstart.QuickstartListener.Stage;
import org.eiesim.studies.simulation.MachineChoice;

/**
 * What a quickstart is to do.
 *
 * @param network a name of the zoo
 * @param dataset a name or folder of a dataset with training images
 * @param training how the dense network is trained
 * @param recipe a name or file of a recipe; its seed is replaced by that of the training
 * @param machine the machine to compile for and simulate
 * @param threads threads for what can be done side by side, at least 1; the result does not depend on it
 * @param isReproducible whether training gives the same bytes on every x86-64 processor
 * @param folder where the files go; made if it does not exist, files of the same names in it are replaced
 */
public record QuickstartPlan(
        String network,
        String dataset,
        TrainingOptions training,
        String recipe,
        MachineChoice machine,
        int threads,
        boolean isReproducible,
        Path folder) {
    /** The network of {@code eie quickstart}. */
    public static final String NETWORK = "lenet-300-100";
    /** Its images. */
    public static final String DATASET = Datasets.FASHION_MNIST;
    /** Its recipe. */
    public static final String RECIPE = Recipes.DEEP_COMPRESSION;

    /**
     * Returns the command that does a stage alone, in the plan's folder.
     *
     * @param stage the stage
     * @return a command line
     */
    public String command(Stage stage) {
        return switch (stage) {
            case TRAIN -> line("train", network, "--data", dataset, options(), "-o", Stage.TRAIN.fileName(), mode());
            case COMPRESS ->
                line(
                        "compress",
                        Stage.TRAIN.fileName(),
                        "--recipe",
                        recipe,
                        "--data",
                        dataset,
                        seed(),
                        "-o",
                        Stage.COMPRESS.fileName(),
                        mode());
            case COMPILE ->
                line("compile", Stage.COMPRESS.fileName(), machineOptions(), "-o", Stage.COMPILE.fileName());
            case SIMULATE ->
                line(
                        "simulate",
                        Stage.COMPRESS.fileName(),
                        machineOptions(),
                        "--numeric fixed16",
                        "--data",
                        dataset,
                        "--json",
                        Stage.SIMULATE.fileName());
            case REPORT -> line("report", Stage.SIMULATE.fileName(), "-o", Stage.REPORT.fileName());
        };
    }

    private static String line(String... words) {
        return "eie " + Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
    }

    private String options() {
        int epochs = training.epochs();
        return (epochs == TrainingOptions.DEFAULT_EPOCHS ? "" : "--epochs " + epochs + " ") + seed();
    }

    private String mode() {
        return isReproducible ? "--reproducible" : "";
    }

    private String seed() {
        return "--seed " + training.seed();
    }

    private String machineOptions() {
        StringBuilder text = new StringBuilder("--arch " + machine.architecture());
        machine.settings().forEach(setting -> text.append(" --set ").append(setting));
        return text.toString();
    }
}
