package org.eiesim.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the command line's place: nothing sees it, and nothing else prints. */
@AnalyzeClasses(packages = "org.eiesim", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_SEES_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackages("org.eiesim.cli..", "org.eiesim.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eiesim.cli..");

    @ArchTest
    static final ArchRule NOTHING_ELSE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackages("org.eiesim.cli..", "org.eiesim.benchmarks..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
