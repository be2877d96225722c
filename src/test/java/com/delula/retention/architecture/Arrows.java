package com.delula.retention.architecture;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.delula.retention.rule.RuleFeature;
import com.delula.retention.support.TestDatabase;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Which package may use which others, as {@code architecture.txt} lists it. */
final class Arrows {

	/** A rule's own package, which need not be listed. */
	private static final String ANY_RULE = "*";

	/** The package that starts the application. */
	static final String ROOT = ".";

	private final String base;

	private final Map<String, List<String>> known;

	private Arrows(String base, Map<String, List<String>> known) {
		this.base = base;
		this.known = known;
	}

	static Arrows read(String base) {
		Map<String, List<String>> known = new TreeMap<>();
		TestDatabase.resource("architecture.txt")
			.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map((line) -> line.split(":", 2))
			.forEach((line) -> known.put(line[0], Stream.of(line[1].trim().split(" +")).toList()));
		return new Arrows(base, known);
	}

	/** The packages that are listed. */
	List<String> packages() {
		return this.known.keySet().stream().filter((name) -> !name.equals(ANY_RULE)).toList();
	}

	/** The packages that contribute rules. */
	List<String> rulePackagesOf(JavaClasses classes) {
		return classes.stream()
			.filter((type) -> type.isAnnotatedWith(RuleFeature.class))
			.map(this::shortName)
			.distinct()
			.toList();
	}

	/** The packages that there are. */
	List<String> packagesOf(JavaClasses classes) {
		return classes.stream().map(this::shortName).distinct().sorted().toList();
	}

	ArchRule from(String name) {
		List<String> allowed = this.known.getOrDefault(name, this.known.get(ANY_RULE));
		return noClasses().that(are((type) -> shortName(type).equals(name), "in " + name))
			.should()
			.dependOnClassesThat(
					are((type) -> isOurs(type) && !shortName(type).equals(name) && !allowed.contains(shortName(type)),
							"in packages that " + name + " may not use"));
	}

	private static DescribedPredicate<JavaClass> are(Predicate<JavaClass> predicate, String text) {
		return DescribedPredicate.describe(text, predicate);
	}

	private boolean isOurs(JavaClass type) {
		return type.getPackageName().equals(this.base) || type.getPackageName().startsWith(this.base + ".");
	}

	private String shortName(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(this.base) ? ROOT : name.substring(Math.min(name.length(), this.base.length() + 1));
	}

}
