package org.eiesim.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Holds the one-way flow of data: each module sees only what stands before it, no two packages see one another, and only
 * the command line prints.
 */
@AnalyzeClasses(packages = "org.eiesim", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] KERNELS = {"org.eiesim.kernels.."};
    private static final String[] MODELS = {"org.eiesim.models.."};
    private static final String[] PROGRAM = {
        "org.eiesim.compiler.asm..",
        "org.eiesim.compiler.dump..",
        "org.eiesim.compiler.isa..",
        "org.eiesim.compiler.program..",
        "org.eiesim.compiler.sections..",
        "org.eiesim.compiler.target..",
        "org.eiesim.compiler.yaml.."
    };
    private static final String[] COMPRESS = {
        "org.eiesim.compiler.compress..", "org.eiesim.compiler.container..", "org.eiesim.compiler.recipe.."
    };
    private static final String[] LOWERING = {
        "org.eiesim.compiler.export..", "org.eiesim.compiler.ir..", "org.eiesim.compiler.pass.."
    };
    private static final String[] SIMULATOR = {"org.eiesim.simulator.."};
    private static final String[] STUDIES = {"org.eiesim.studies.."};

    @ArchTest
    static final ArchRule KERNELS_SEE_ONLY_THE_JDK = classes()
            .that()
            .resideInAnyPackage(KERNELS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jdk.incubator.vector..", "org.jspecify..", "org.eiesim.kernels..");

    @ArchTest
    static final ArchRule MODELS_SEE = sees(MODELS, KERNELS);

    @ArchTest
    static final ArchRule THE_PROGRAM_SEES = sees(PROGRAM, KERNELS);

    @ArchTest
    static final ArchRule COMPRESSION_SEES = sees(COMPRESS, KERNELS, MODELS, PROGRAM);

    @ArchTest
    static final ArchRule LOWERING_SEES = sees(LOWERING, KERNELS, MODELS, PROGRAM, COMPRESS);

    @ArchTest
    static final ArchRule THE_SIMULATOR_SEES = sees(SIMULATOR, KERNELS, PROGRAM);

    @ArchTest
    static final ArchRule STUDIES_SEE = sees(STUDIES, KERNELS, MODELS, PROGRAM, COMPRESS, LOWERING, SIMULATOR);

    @ArchTest
    static final ArchRule LOWERING_DOES_NOT_TRAIN = noClasses()
            .that()
            .resideInAnyPackage(LOWERING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eiesim.compiler.recipe..", "org.eiesim.models.train..");

    @ArchTest
    static final ArchRule NO_PACKAGES_SEE_ONE_ANOTHER =
            slices().matching("org.eiesim.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_ELSE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackages("org.eiesim.cli..", "org.eiesim.benchmarks..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Classes of some packages that depend on no class of the project but their own and those of some others. */
    private static ArchRule sees(String[] packages, String[]... others) {
        String[] foreign = Stream.of(KERNELS, MODELS, PROGRAM, COMPRESS, LOWERING, SIMULATOR, STUDIES)
                .filter(part -> part != packages && Stream.of(others).noneMatch(other -> other == part))
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(foreign), Stream.of("org.eiesim.cli..", "org.eiesim.benchmarks.."))
                                .toArray(String[]::new));
    }
}
