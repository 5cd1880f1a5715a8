package io.vedette.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the code of all modules to docs/architecture.md and to the rules of style that a machine can check. */
class ArchitectureTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** Each module's package and the packages of ours that it may use besides its own. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "common", List.of(),
            "persistence", List.of("common"),
            "runtime", List.of("common"),
            "anomaly", List.of("common"),
            "api", List.of("common", "persistence", "runtime"),
            "trainer", List.of("common", "runtime", "anomaly"),
            "evaluator", List.of("common", "persistence", "runtime", "anomaly"),
            "inference", List.of("common", "runtime", "anomaly"),
            "standalone", List.of("common"));

    private static JavaClasses ours;

    @BeforeAll
    static void readTheClassesOfAllModules() throws Exception {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> folders = modules.map(module -> module.resolve("target").resolve("classes"))
                    .filter(Files::isDirectory)
                    .toList();
            ours = new ClassFileImporter().importPaths(folders);
        }
    }

    static Stream<String> modules() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyTheModulesBeneathIt(String module) {
        String[] forbidden = modules()
                .filter(other -> !other.equals(module) && !MAY_USE.get(module).contains(other))
                .map(other -> "io.vedette." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.vedette." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(ours);
    }

    @Test
    void everyModuleWasRead() {
        for (String module : MAY_USE.keySet()) {
            assertThat(ours)
                    .as("classes of %s; run mvn verify at the root", module)
                    .anyMatch(type -> type.getPackageName().startsWith("io.vedette." + module));
        }
    }

    @Test
    void learningKnowsNoServersAndNoStores() {
        noClasses()
                .that()
                .resideInAPackage("io.vedette.anomaly..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "org.apache.kafka..", "software.amazon..", "java.sql..", "jakarta..")
                .check(ours);
    }

    @Test
    void trainersAndInferenceHoldNoDatabase() {
        noClasses()
                .that()
                .resideInAnyPackage("io.vedette.trainer..", "io.vedette.inference..", "io.vedette.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "jakarta.persistence..", "io.quarkus.hibernate..", "org.hibernate..")
                .check(ours);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .that()
                .resideInAPackage("io.vedette..")
                .should()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("DTO")
                .andShould()
                .haveSimpleNameNotEndingWith("Base")
                .check(ours);
    }

    @Test
    void nobodyNeedsToKnowMutiny() {
        methods()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage("io.vedette.."))
                .should()
                .notHaveRawReturnType(resideInAnyPackage("io.smallrye.mutiny.."))
                .andShould(com.tngtech.archunit.lang.conditions.ArchConditions.not(
                        com.tngtech.archunit.lang.conditions.ArchConditions.have(
                                describe("a parameter of a Mutiny type", ArchitectureTest::takesMutiny))))
                .check(ours);
    }

    @Test
    void onlyTheWireProtocolBuildsErrorResponses() {
        noClasses()
                .that(resideOutsideOfPackages("io.vedette.api.aws..").and(resideInAnyPackage("io.vedette.api..")))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.ws.rs.core.Response")
                .check(ours);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.vedette.(**)").should().beFreeOfCycles().check(ours);
    }

    private static boolean takesMutiny(JavaMethod method) {
        return method.getRawParameterTypes().stream()
                .map(JavaClass::getPackageName)
                .anyMatch(name -> name.startsWith("io.smallrye.mutiny"));
    }
}
