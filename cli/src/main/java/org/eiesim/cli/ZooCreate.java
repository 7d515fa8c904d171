package org.eiesim.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.network.BatchNormalizationFolding;
import org.eiesim.models.network.Network;
import org.eiesim.models.zoo.PublishedDensities;
import org.eiesim.models.zoo.PublishedNetworks;
import org.eiesim.studies.version.ToolVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie zoo create}: a published network with synthetic weights to a container. */
@Command(
        name = "create",
        description = "Write a published network with synthetic weights as an .eie container.",
        footer = {
            "",
            "The graph is the published one; the weights are drawn from the seed at the densities that eie zoo list"
                    + " names, and shared by the recipe share-only (16 entries). The network's name ends in -synthetic."
                    + " The same name, density and seed give the same bytes."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ZooCreate implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "NAME", description = "The network, one of eie zoo list.")
    private String name;

    @Option(
            names = "--density",
            paramLabel = "D",
            description = "The share of non-zero weights in every layer, above 0 and at most 1. Default: as eie zoo"
                    + " list says.")
    private @Nullable Double density;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The seed of the weights. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private ContainerOutput output;

    @Override
    public Integer call() throws IOException {
        CompressedNetwork compressed = RecipeRunner.run(
                drawn(),
                Recipes.load("share-only").withSeed(seed),
                null,
                common.threads(),
                ToolVersion.text(),
                RecipeListener.SILENT);
        FileStatistics statistics = output.write(compressed);
        output.print(common, statistics);
        common.writeJson(ContainerJson.of(statistics));
        return ExitCode.DONE;
    }

    private Network drawn() {
        Double everywhere = density;
        ToDoubleFunction<String> byLayer =
                everywhere == null ? PublishedDensities.of(name).byLayer() : layer -> everywhere;
        return BatchNormalizationFolding.fold(PublishedNetworks.create(name, byLayer, seed));
    }
}
