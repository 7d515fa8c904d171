package org.eiesim.cli;

import java.io.IOException;
import java.util.Map;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.data.PixelScale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which samples of a dataset are used and what their pixels mean. A {@code Mixin}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SampleOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private @Nullable Integer limit;

    private @Nullable PixelScale scale;

    @Option(names = "--limit", paramLabel = "N", description = "Use the first N images only. Default: all.")
    void setLimit(int value) {
        if (value < 1) {
            throw new ParameterException(command.commandLine(), "--limit must be at least 1, not " + value);
        }
        limit = value;
    }

    @Option(
            names = "--pixel-scale",
            paramLabel = "SCALE",
            description = "What the byte of a pixel becomes: a divisor such as 255, or MEAN,STD for (pixel / 255 -"
                    + " MEAN) / STD, with colons between channels:"
                    + " 0.485:0.456:0.406,0.229:0.224:0.225. Default: 256.")
    void setScale(String text) {
        try {
            scale = PixelScale.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--pixel-scale: " + e.getMessage());
        }
    }

    /** Returns the scale of pixels, or null where none is given. */
    @Nullable
    PixelScale scale() {
        return scale;
    }

    /** Returns the most samples to use, or null for all. */
    @Nullable
    Integer limit() {
        return limit;
    }

    /** Reads a dataset with test samples limited: to the first, or with a seed to some drawn at random. */
    DatasetPair openTest(String data, @Nullable Long seed) throws IOException {
        DatasetPair pair = Datasets.open(data, scale);
        return new DatasetPair(pair.train(), limited(pair.test(), seed));
    }

    /** Reads a dataset with training and test samples limited to the first. */
    DatasetPair openBoth(String data) throws IOException {
        DatasetPair pair = Datasets.open(data, scale);
        Dataset train = pair.train();
        return new DatasetPair(train == null ? null : limited(train, null), limited(pair.test(), null));
    }

    private Dataset limited(Dataset data, @Nullable Long seed) {
        if (limit == null || limit >= data.size()) {
            return data;
        }
        return seed == null ? data.range(0, limit) : data.draw(limit, seed);
    }

    /** Records what was chosen in a result. */
    void record(Map<String, Object> json) {
        json.put("pixel_scale", scale == null ? PixelScale.BY_256.toString() : scale.toString());
        json.put("limit", limit);
    }
}
