package com.delula.retention.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.support.TestDatabase;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every package uses only the packages that {@code architecture.txt} allows it, and
 * nothing outside of a rule's package names the rule.
 */
class ArchitectureTests {

	private static final String BASE = "com.delula.retention";

	private static final String PLANTED = BASE + ".architecture.planted";

	private static final Path SOURCES = Path.of("src/main/java/com/delula/retention");

	private static final JavaClasses PRODUCT = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	private static final Arrows ARROWS = Arrows.read(BASE);

	static List<String> packages() {
		return ARROWS.packagesOf(PRODUCT);
	}

	@ParameterizedTest
	@MethodSource("packages")
	void theArrowsHold(String from) {
		ARROWS.from(from).check(PRODUCT);
	}

	@Test
	void everyPackageIsListedOrIsThatOfARule() {
		List<String> unlisted = new ArrayList<>(ARROWS.packagesOf(PRODUCT));
		assertThat(unlisted).containsAll(ARROWS.packages());
		unlisted.removeAll(ARROWS.packages());
		assertThat(ARROWS.rulePackagesOf(PRODUCT)).containsAll(unlisted);
	}

	@Test
	void thereAreNoCircles() {
		slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(PRODUCT);
	}

	@Test
	void aWrongArrowIsCaught() {
		JavaClasses classes = new ClassFileImporter().importPackages(PLANTED + ".run", PLANTED + ".backlog");
		Arrows arrows = Arrows.read(PLANTED);
		assertThat(arrows.packagesOf(classes)).containsExactly("backlog", "run");
		assertThat(arrows.from("run").evaluate(classes).getFailureReport().getDetails()).singleElement()
			.asString()
			.contains("EngineThatKnowsARule", "SomeRule");
		assertThat(arrows.from("backlog").evaluate(classes).hasViolation()).isFalse();
	}

	/** The list of exceptions only gets shorter: take out what no longer names a rule. */
	@Test
	void nothingOutsideOfARulesPackageNamesIt() {
		List<String> found = Stream
			.concat(RuleNames.find(SOURCES).stream(), RuleNames.find(Path.of("src/main/resources/templates")).stream())
			.filter((file) -> !file.matches("(backlog|jobs|recipes)/.*"))
			.toList();
		List<String> allowed = TestDatabase.resource("rule-names-allowed.txt")
			.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.toList();
		assertThat(found).as("name a rule but may not").isSubsetOf(allowed);
		assertThat(allowed).as("may name a rule but no longer do").isSubsetOf(found);
	}

	@Test
	void aRuleThatIsNamedInTheWrongPlaceIsCaught() {
		assertThat(RuleNames.find(Path.of("src/test/java/com/delula/retention/architecture/planted")))
			.containsExactly("run/EngineThatNamesARule.java");
	}

}
