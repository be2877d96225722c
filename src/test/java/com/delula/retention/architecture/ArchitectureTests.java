package com.delula.retention.architecture;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/** The arrows between the packages point where the house style says. */
class ArchitectureTests {

	private static final String ROOT = "com.delula.retention.";

	private static final JavaClasses PRODUCT = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("com.delula.retention");

	/**
	 * Who may know whom: the engine nobody, rules and observers the engine, triggers the
	 * engine and the rules. Doors that are not listed may know what they like, but nobody
	 * listed may know them.
	 */
	private static final Map<String, Set<String>> ARROWS = Map.ofEntries(entry("rule", Set.of()),
			entry("run", Set.of("rule")), entry("status", Set.of("rule", "run")), entry("option", Set.of()),
			entry("request", Set.of("rule", "run", "option", "installation")),
			entry("installation", Set.of("run", "rule")), entry("statement", Set.of("run", "rule", "installation")),
			entry("configured", Set.of("rule", "run", "installation")),
			entry("settings", Set.of("rule", "run", "installation")),
			entry("backlog", Set.of("rule", "run", "installation", "status", "option", "request", "answer", "admin")),
			entry("jobs", Set.of("rule", "run", "installation", "status", "option", "request", "answer", "admin")),
			entry("ledger", Set.of("run", "installation")), entry("monitor", Set.of("run", "installation", "status")),
			entry("schedule", Set.of("run", "rule", "request")),
			entry("answer", Set.of("rule", "run", "status", "option", "request")),
			entry("admin", Set.of("rule", "run", "option", "request", "answer")),
			entry("dashboard",
					Set.of("rule", "run", "statement", "status", "request", "monitor", "doctor", "option", "session")),
			entry("recipes", Set.of("backlog", "dashboard")), entry("session", Set.of("run")));

	static Stream<String> packages() {
		return ARROWS.keySet().stream().sorted();
	}

	private static ArchRule arrows(String root, String from) {
		String[] known = Stream.concat(Stream.of(from), ARROWS.get(from).stream())
			.map((name) -> root + name + "..")
			.toArray(String[]::new);
		return noClasses().that()
			.resideInAPackage(root + from + "..")
			.should()
			.dependOnClassesThat(resideInAPackage(root + ".").and(not(resideInAnyPackage(known))))
			.as(from + " knows of ours only " + Arrays.toString(known));
	}

	@ParameterizedTest
	@MethodSource("packages")
	void theArrowsHold(String from) {
		arrows(ROOT, from).check(PRODUCT);
	}

	@Test
	void thereAreNoCircles() {
		slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(PRODUCT);
	}

	@Test
	void aWrongArrowIsCaught() {
		String planted = ROOT + "architecture.planted.";
		JavaClasses classes = new ClassFileImporter().importPackages(planted + "run", planted + "backlog");
		assertThat(arrows(planted, "run").evaluate(classes).getFailureReport().getDetails()).singleElement()
			.asString()
			.contains("EngineThatKnowsARule", "SomeRule");
		assertThat(arrows(planted, "backlog").evaluate(classes).hasViolation()).isFalse();
	}

}
