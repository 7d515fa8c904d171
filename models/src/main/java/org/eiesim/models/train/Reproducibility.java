package org.eiesim.models.train;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Training that gives the same bytes on every x86-64 processor: the same sums in the same order, whatever vector
 * instructions, caches and threads there are. It takes longer; how much stands in docs/recipes.md.
 *
 * <p>PyTorch chooses code by processor in four places. Three are told by environment variables, which libc's {@code
 * setenv} puts into this process before the library is loaded, since it reads them once: {@code MKL_CBWR=COMPATIBLE}
 * (matrix products), {@code ATEN_CPU_CAPABILITY=default} (everything elementwise and all sums) and one thread. The
 * fourth, oneDNN's and NNPACK's convolutions, which fit themselves to caches, is switched off after loading; PyTorch then
 * computes them as matrix products.
 */
public final class Reproducibility {
    private static final Map<String, String> ENVIRONMENT = environment();
    private static final String LIBRARY = "libtorch_cpu.so";

    private static boolean isRequired;

    private Reproducibility() {}

    private static Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("MKL_CBWR", "COMPATIBLE");
        variables.put("ATEN_CPU_CAPABILITY", "default");
        variables.put("OMP_NUM_THREADS", "1");
        variables.put("MKL_NUM_THREADS", "1");
        return variables;
    }

    /**
     * Has all training of this process be reproducible from now on.
     *
     * @throws TrainingException if PyTorch's library is loaded already and was not told so before, or this platform is not
     *     Linux on x86-64
     */
    @SuppressWarnings("LockOnNonEnclosingClassLiteral") // The lock under which the library is loaded.
    public static void require() {
        synchronized (NativeEngine.class) {
            if (isRequired) {
                return;
            }
            if (!NativeEngine.isLoaded()) {
                setEnvironment();
            } else if (!wasToldAtTheStart()) {
                throw new TrainingException(
                        "PyTorch's library is loaded already and cannot be made reproducible any more: ask for it"
                                + " before anything is trained, or start Java with MKL_CBWR=COMPATIBLE and"
                                + " ATEN_CPU_CAPABILITY=default",
                        null);
            } else {
                switchOffAdaptiveConvolutions();
            }
            isRequired = true;
        }
    }

    /** Tells whether it was asked for. */
    static boolean isRequired() {
        return isRequired;
    }

    private static boolean wasToldAtTheStart() {
        return "COMPATIBLE".equals(System.getenv("MKL_CBWR")) && "default".equals(System.getenv("ATEN_CPU_CAPABILITY"));
    }

    private static void setEnvironment() {
        try {
            Function setenv = NativeLibrary.getInstance("c").getFunction("setenv");
            ENVIRONMENT.forEach((name, value) -> setenv.invokeInt(new Object[] {name, value, 1}));
        } catch (LinkageError e) {
            throw unavailable(e);
        }
        // PyTorch's own threads, whatever was asked for.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }

    /** Called when the library is loaded, before its first operation. */
    static void switchOffAdaptiveConvolutions() {
        try {
            NativeLibrary torch = library();
            Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
            torch.getFunction("_ZN2at7Context20setUserEnabledMkldnnEb").invokeVoid(new Object[] {context, 0});
            torch.getFunction("_ZN2at7Context20setUserEnabledNNPACKEb").invokeVoid(new Object[] {context, 0});
        } catch (LinkageError e) {
            throw unavailable(e);
        }
    }

    /**
     * Asks the library which instructions its kernels use.
     *
     * @return {@code at::get_cpu_capability()}, such as {@code NO AVX} or {@code AVX2}
     */
    static String capability() {
        // A std::string, returned through a pointer to it; its first member points to its characters.
        Memory text = new Memory(32);
        library().getFunction("_ZN2at18get_cpu_capabilityB5cxx11Ev").invokePointer(new Object[] {text});
        return text.getPointer(0).getString(0);
    }

    private static NativeLibrary library() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            String path = maps.filter(line -> line.endsWith("/" + LIBRARY))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst()
                    .orElseThrow(() -> new UnsatisfiedLinkError(LIBRARY + " is not loaded"));
            return NativeLibrary.getInstance(path);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static TrainingException unavailable(Throwable cause) {
        return new TrainingException(
                "reproducible training works on Linux on x86-64 only: leave out --reproducible ("
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + ")",
                cause);
    }
}
