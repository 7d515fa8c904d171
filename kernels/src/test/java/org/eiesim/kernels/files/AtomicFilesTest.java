package org.eiesim.kernels.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

    @Test
    void aFileInTheFoldersPlaceStays() throws IOException {
        Path target = Files.writeString(folder.resolve("out"), "mine");
        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, part -> {}))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("is a file");
        assertThat(target).hasContent("mine");
    }

    @Test
    void anEmptyFolderStaysTheSameFolder() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Object before = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFiles.writeFolder(link, part -> {
            Files.writeString(part.resolve("x"), "1");
            Files.createDirectory(part.resolve("inner"));
            Files.writeString(part.resolve("inner/y"), "2");
        });
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAttributes(real, BasicFileAttributes.class).fileKey())
                .isEqualTo(before);
        try (Stream<Path> entries = Files.list(real)) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactlyInAnyOrder("x", "inner");
        }
        assertThat(real.resolve("inner/y")).hasContent("2");
    }

    @Test
    void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("a.bin"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a.bin"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("new.bin"));
        AtomicFiles.write(link, new byte[] {1});
        AtomicFiles.write(dangling, new byte[] {2});
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllBytes(file)).containsExactly(1);
        assertThat(Files.readAllBytes(folder.resolve("new.bin"))).containsExactly(2);
    }

    @Test
    void removesWhatKilledProcessesLeftOfTheSameFileAndNothingElse() throws IOException {
        String own = String.valueOf(ProcessHandle.current().pid());
        Files.writeString(folder.resolve(".a.bin." + own + ".00ff.part"), "killed, and the number is ours today");
        Files.writeString(folder.resolve(".a.bin.17.3.part"), "of an earlier release");
        Files.createDirectory(folder.resolve(".a.bin.17.4.part.d"));
        Files.writeString(folder.resolve(".a.bin.17.4.part.d/x"), "half a folder");
        Files.writeString(folder.resolve(".b.bin.17.00ff.part"), "of another file");
        Files.writeString(folder.resolve(".a.bin.notes.part"), "not ours");
        AtomicFiles.write(folder.resolve("a.bin"), new byte[] {1});
        assertThat(names()).containsExactly(".a.bin.notes.part", ".b.bin.17.00ff.part", "a.bin");
    }

    @Test
    void leavesAloneWhatIsBeingWrittenRightNow() throws IOException {
        Path file = folder.resolve("a.bin");
        AtomicFiles.write(file, outer -> {
            AtomicFiles.write(file, new byte[] {1});
            outer.write(2);
        });
        assertThat(Files.readAllBytes(file)).containsExactly(2);
        assertThat(names()).containsExactly("a.bin");
    }

    @Test
    void leavesAloneWhatAnotherProcessIsWriting() throws Exception {
        Path file = folder.resolve("a.bin");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('w');
            AtomicFiles.write(file, new byte[] {1});
            assertThat(names()).hasSize(2).anyMatch(name -> name.endsWith(".part"));
            other.destroyForcibly().waitFor();
            AtomicFiles.write(file, new byte[] {2});
            assertThat(names()).containsExactly("a.bin");
        } finally {
            other.destroyForcibly();
        }
    }

    /** Begins a file and never ends it. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws IOException {
            AtomicFiles.write(Path.of(arguments[0]), stream -> {
                System.out.print("w");
                System.out.flush();
                System.in.read();
            });
        }
    }

    @Test
    void pathsToOnePlaceAreTheSame() throws IOException {
        Path real = Files.createDirectories(folder.resolve("d"));
        Path link = Files.createSymbolicLink(folder.resolve("l"), real);
        Path file = Files.writeString(real.resolve("f"), "");
        Path second = Files.createLink(real.resolve("g"), file);
        assertThat(OutputPaths.isSame(file, link.resolve("f"))).isTrue();
        assertThat(OutputPaths.isSame(file, second)).isTrue();
        assertThat(OutputPaths.isSame(real.resolve("new/x"), link.resolve("./new/../new/x")))
                .isTrue();
        assertThat(OutputPaths.isSame(file, real.resolve("h"))).isFalse();
        Files.createSymbolicLink(real.resolve("p"), Path.of("q"));
        Files.createSymbolicLink(real.resolve("q"), Path.of("p"));
        assertThatThrownBy(() -> OutputPaths.resolve(real.resolve("p"))).isInstanceOf(IOException.class);
    }
}
