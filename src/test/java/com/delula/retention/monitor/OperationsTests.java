package com.delula.retention.monitor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The alerts and plots in {@code ops/} are right and name only what there is. */
class OperationsTests {

	private static final Path OPS = Path.of("ops");

	private static final Pattern METRIC = Pattern.compile("\\bretention_[a-z_]+\\b");

	/** Skipped, and shown as skipped, where there is no promtool. */
	@Test
	void promtoolAcceptsTheRulesAndTheirTestsPass() throws Exception {
		assumeThat(findPromtool()).as("promtool (Debian: apt-get install prometheus) is not installed").isTrue();
		promtool("check", "rules", "retention.rules.yml");
		promtool("test", "rules", "retention.rules.test.yml");
	}

	@Test
	void everyMetricNamedThereIsExposed() throws IOException {
		String exposed = Service.shared(Installation.NEW).api().get("/actuator/prometheus").text();
		Set<String> known = new TreeSet<>();
		exposed.lines()
			.filter((line) -> line.startsWith("retention_"))
			.forEach((line) -> known.add(line.split("[{ ]")[0]));
		Set<String> named = named();
		assertThat(named).hasSizeGreaterThan(8);
		assertThat(known).containsAll(named);
	}

	/** A label that is misspelt makes an alert that never fires. */
	@Test
	void everyTaskAndStatusNamedInTheRulesIsExposed() throws IOException {
		String exposed = Service.shared(Installation.NEW).api().get("/actuator/prometheus").text();
		Matcher matcher = Pattern.compile("(task|mode|status)=\"[a-z_-]+\"")
			.matcher(Files.readString(OPS.resolve("prometheus/retention.rules.yml"))
					+ Files.readString(OPS.resolve("prometheus/retention.rules.test.yml")));
		while (matcher.find()) {
			assertThat(exposed).contains(matcher.group());
		}
	}

	@Test
	void everyAlertHasATest() throws IOException {
		String tests = Files.readString(OPS.resolve("prometheus/retention.rules.test.yml"));
		Matcher alert = Pattern.compile("alert: (\\w+)")
			.matcher(Files.readString(OPS.resolve("prometheus/retention.rules.yml")));
		int alerts = 0;
		while (alert.find()) {
			assertThat(tests).contains("alertname: " + alert.group(1) + "\n", "alertname: " + alert.group(1) + ",");
			alerts++;
		}
		assertThat(alerts).isGreaterThanOrEqualTo(5);
	}

	@Test
	void theDashboardIsJsonWhosePanelsAllAskForSomething() throws IOException {
		JsonNode dashboard = new JsonMapper().readTree(Files.readString(OPS.resolve("grafana/retention.json")));
		assertThat(dashboard.get("panels").size()).isGreaterThan(5);
		dashboard.get("panels")
			.forEach((panel) -> panel.get("targets")
				.forEach((target) -> assertThat(target.get("expr").asString()).contains("retention_")));
	}

	private static Set<String> named() throws IOException {
		Set<String> named = new TreeSet<>();
		try (Stream<Path> files = Files.walk(OPS)) {
			for (Path file : files.filter((path) -> path.toString().matches(".*\\.(yml|json)")).toList()) {
				METRIC.matcher(Files.readString(file)).results().forEach((found) -> named.add(found.group()));
			}
		}
		return named;
	}

	private static boolean findPromtool() {
		return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, "promtool")));
	}

	private static void promtool(String... arguments) throws Exception {
		Process process = new ProcessBuilder(
				Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toArray(String[]::new))
			.directory(OPS.resolve("prometheus").toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

}
