package org.eiesim.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds this module's place in the one-way flow of data. */
@AnalyzeClasses(packages = "org.eiesim", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SEES_KERNELS_AND_THE_PROGRAM = classes()
            .that()
            .resideInAPackage("org.eiesim.simulator..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages(
                    "org.eiesim.models..",
                    "org.eiesim.compiler.compress..",
                    "org.eiesim.compiler.recipe..",
                    "org.eiesim.compiler.container..",
                    "org.eiesim.compiler.pass..",
                    "org.eiesim.studies..",
                    "org.eiesim.cli..",
                    "org.eiesim.benchmarks..");

    @ArchTest
    static final ArchRule PRINTS_NOTHING = noClasses()
            .that()
            .resideInAPackage("org.eiesim.simulator..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
