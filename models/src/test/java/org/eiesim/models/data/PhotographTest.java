package org.eiesim.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotographTest {
    @TempDir
    Path folder;

    /** Two pixels to the left and right of a square of 4x4 are cut off; halving takes the mean of four. */
    @Test
    void theCentreSquareIsScaledAndItsChannelsTurnedRound() throws IOException {
        BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 8; x++) {
                image.setRGB(x, y, (10 * x) << 16 | (20 * y) << 8 | 7);
            }
        }
        Path file = folder.resolve("image.png");
        ImageIO.write(image, "png", file.toFile());
        float[] pixels = InputFile.read(file, 12)[0];
        assertThat(pixels).hasSize(3 * 2 * 2);
        for (int i = 0; i < 4; i++) {
            int row = i / 2;
            int column = i % 2;
            assertThat(pixels[i]).isEqualTo(7 - 104f);
            assertThat(pixels[4 + i]).isCloseTo(20 * (2 * row + 0.5f) - 117, within(1e-4f));
            assertThat(pixels[8 + i]).isCloseTo(10 * (2 + 2 * column + 0.5f) - 123, within(1e-4f));
        }
    }

    @Test
    void aNetworkOfOtherInputsTakesNoPhotograph() throws IOException {
        Path file = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        assertThatThrownBy(() -> InputFile.read(file, 784))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith("is a photograph, but an input of 784 values is not three square planes");
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.png"), "no image");
        assertThatThrownBy(() -> Photograph.read(file, 2))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("text.png");
    }
}
