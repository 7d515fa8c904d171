package org.eiesim.compiler.recipe;

import java.util.List;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.models.train.ProgressListener;

/** Is told how a recipe goes on, and of the training in it. */
public interface RecipeListener extends ProgressListener {
    /** Listens to nothing. */
    RecipeListener SILENT = new RecipeListener() {};

    /**
     * Called before a method is applied.
     *
     * @param index which application, from 0
     * @param count applications of the recipe
     * @param method the method's name
     * @param layers names of the layers it is applied to
     */
    default void onStart(int index, int count, String method, List<String> layers) {}

    /**
     * Called after a method was applied.
     *
     * @param index which application, from 0
     * @param count applications of the recipe
     * @param state the network and what is in force
     */
    default void onEnd(int index, int count, CompressionState state) {}
}
