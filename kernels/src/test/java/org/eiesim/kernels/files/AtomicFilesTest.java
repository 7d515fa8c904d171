package org.eiesim.kernels.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("a.bin");
        AtomicFiles.write(file, new byte[] {1, 2});
        assertThatThrownBy(() -> AtomicFiles.write(file, stream -> {
                    stream.write(new byte[100_000]);
                    throw new IOException("disk");
                }))
                .hasMessage("disk");
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2);
        assertThat(names()).containsExactly("a.bin");
    }

    @Test
    void replacesAFile() throws IOException {
        Path file = folder.resolve("a.bin");
        AtomicFiles.write(file, new byte[] {1, 2});
        AtomicFiles.write(file, new byte[] {3});
        assertThat(Files.readAllBytes(file)).containsExactly(3);
    }

    @Test
    void aFailureLeavesNoFolder() throws IOException {
        Path target = folder.resolve("out");
        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, part -> {
                    Files.createDirectory(part.resolve("inner"));
                    Files.write(part.resolve("inner").resolve("x"), new byte[3]);
                    throw new IOException("disk");
                }))
                .hasMessage("disk");
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesAFolderThatHoldsSomething() throws IOException {
        Path target = Files.createDirectory(folder.resolve("out"));
        AtomicFiles.writeFolder(target, part -> Files.write(part.resolve("x"), new byte[1]));
        assertThat(target.resolve("x")).exists();
        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, part -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target.resolve("x")).exists();
    }

    @Test
    void namesAMissingFolder() {
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("no").resolve("a"), new byte[1]))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no");
    }

    @Test
    void writesToADevice() throws IOException {
        AtomicFiles.write(Path.of("/dev/null"), new byte[] {1});
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }
}
