package org.eiesim.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
    private static final float[] SIX = {1, 2, 3, 4, 5, 6};

    @TempDir
    Path folder;

    @Test
    void rawInputsFollowOneAnother() throws IOException {
        Path path = folder.resolve("raw");
        RawFloats.write(path, SIX);
        assertThat(Files.readAllBytes(path)).hasSize(24).startsWith(0, 0, 0x80, 0x3F);
        assertThat(InputFile.read(path, 3)).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(InputFile.read(path, 6)).isDeepEqualTo(new float[][] {SIX});
        assertThatThrownBy(() -> InputFile.read(path, 4))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("6 float32", "multiple of 4");
        assertThat(RawFloats.read(path)).isEqualTo(SIX);
    }

    @Test
    void npyArraysAreOneInputOrARowOfThem() throws IOException {
        Path path = folder.resolve("array");
        NpyFile.write(path, new Tensor(Shape.of(2, 3, 1), SIX));
        assertThat(InputFile.read(path, 3)).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(InputFile.read(path, 6)).isDeepEqualTo(new float[][] {SIX});
        assertThatThrownBy(() -> InputFile.read(path, 2)).hasMessageContainingAll("2x3x1", "2 values");
        NpyFile.write(path, new Tensor(Shape.of(0, 3), new float[0]));
        assertThatThrownBy(() -> InputFile.read(path, 3)).isInstanceOf(FormatException.class);
    }

    @Test
    void badFilesAreNamed() throws IOException {
        Path path = folder.resolve("raw");
        assertThatThrownBy(() -> InputFile.read(path, 3)).hasMessageEndingWith("there is no such file");
        Files.write(path, new byte[0]);
        assertThatThrownBy(() -> InputFile.read(path, 3)).hasMessageEndingWith("is empty");
        Files.write(path, new byte[7]);
        assertThatThrownBy(() -> InputFile.read(path, 3)).hasMessageContaining("7 bytes");
        RawFloats.write(path, new float[] {0, Float.NaN, 0});
        assertThatThrownBy(() -> InputFile.read(path, 3))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("value 1 (from 0) is NaN");
    }
}
