package org.eiesim.compiler;

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
    static final ArchRule SEES_KERNELS_AND_MODELS = classes()
            .that()
            .resideInAPackage("org.eiesim.compiler..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages(
                    "org.eiesim.simulator..", "org.eiesim.studies..", "org.eiesim.cli..", "org.eiesim.benchmarks..");

    @ArchTest
    static final ArchRule BACK_END_DOES_NOT_SEE_RECIPES = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.eiesim.compiler.ir..",
                    "org.eiesim.compiler.pass..",
                    "org.eiesim.compiler.isa..",
                    "org.eiesim.compiler.asm..",
                    "org.eiesim.compiler.program..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eiesim.compiler.recipe..", "org.eiesim.models.train..");

    @ArchTest
    static final ArchRule PRINTS_NOTHING = noClasses()
            .that()
            .resideInAPackage("org.eiesim.compiler..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
