package com.delula.retention.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar's entrance works before there is anything but the JDK. */
class LauncherTests {

	private static final Path CLASSES = Path.of("target/classes");

	/** The build puts them at the root of the jar, named one by one. */
	@Test
	void theJarHasAllItsClasses() throws Exception {
		String pom = Files.readString(Path.of("pom.xml"));
		for (String name : classes()) {
			assertThat(pom).contains("value=\"" + name + "\"");
		}
	}

	@Test
	void itNeedsNothingButTheJdk() throws Exception {
		for (String name : classes()) {
			assertThat(new String(Files.readAllBytes(CLASSES.resolve(name)), "ISO-8859-1")).doesNotContain(
					"org/springframework/", "com/delula/retention/cli/", "LambdaMetafactory", "StringConcatFactory");
		}
	}

	@Test
	void aMisspeltOptionOfACommandIsNoSetting() {
		assertThat(Arguments.settings("--a.b=1", "DATABASE_URL=x", "--json")).containsExactly("--a.b=1");
		assertThat(Arguments.settings("--DATABASE_URL=x", "status")).containsExactly("--DATABASE_URL=x");
		assertThat(Arguments.command("--DATABASE_URL=x", "status", "--json")).containsExactly("status", "--json");
		assertThat(Arguments.command("--hours=1", "status")).containsExactly("--hours=1", "status");
		assertThat(Arguments.command("--a.b=1")).isEmpty();
	}

	private static List<String> classes() throws Exception {
		Path directory = CLASSES.resolve("com/delula/retention/launch");
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> CLASSES.relativize(file).toString())
				.filter((name) -> !name.endsWith("package-info.class"))
				.sorted()
				.toList();
		}
	}

}
