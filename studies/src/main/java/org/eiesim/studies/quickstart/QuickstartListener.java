package org.eiesim.studies.quickstart;

import java.nio.file.Path;
import org.eiesim.compiler.recipe.RecipeListener;

/** Is told how a quickstart goes on, and of the training and the recipe in it. */
public interface QuickstartListener extends RecipeListener {
    /** Listens to nothing. */
    QuickstartListener SILENT = new QuickstartListener() {};

    /** The stages, in order. */
    enum Stage {
        /** The dense network is trained; the file is its ONNX form. */
        TRAIN("train", "net.onnx"),
        /** The recipe is run; the file is the container. */
        COMPRESS("compress", "net.eie"),
        /** The compressed network is lowered and calibrated; the file is the program. */
        COMPILE("compile", "net.eiex"),
        /** The program is run over the test images; the file is the run's JSON. */
        SIMULATE("simulate", "run.json"),
        /** The run is made a page of tables and charts. */
        REPORT("report", "report.html");

        private final String command;
        private final String fileName;

        Stage(String command, String fileName) {
            this.command = command;
            this.fileName = fileName;
        }

        /**
         * Returns the command that does the stage alone.
         *
         * @return its name
         */
        public String command() {
            return command;
        }

        /**
         * Returns the name of the file the stage leaves.
         *
         * @return a name within the plan's folder
         */
        public String fileName() {
            return fileName;
        }
    }

    /**
     * Called before a stage.
     *
     * @param stage the stage
     */
    default void onStage(Stage stage) {}

    /**
     * Called after a stage, when its file is written.
     *
     * @param stage the stage
     * @param file the file
     * @param accuracy part of the test images classified rightly by what the file holds, NaN where that is not measured
     */
    default void onStageEnd(Stage stage, Path file, double accuracy) {}

    /**
     * Called after each input that was simulated.
     *
     * @param done inputs done
     * @param total inputs in all
     */
    default void onInput(int done, int total) {}
}
