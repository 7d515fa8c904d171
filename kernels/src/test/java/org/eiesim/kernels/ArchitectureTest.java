package org.eiesim.kernels;

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
    static final ArchRule SEES_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("org.eiesim.kernels..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jdk.incubator.vector..", "org.jspecify..", "org.eiesim.kernels..");

    @ArchTest
    static final ArchRule PRINTS_NOTHING = noClasses()
            .that()
            .resideInAPackage("org.eiesim.kernels..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
