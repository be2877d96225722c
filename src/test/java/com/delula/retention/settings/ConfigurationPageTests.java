package com.delula.retention.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/configuration.md} lists exactly the properties that there are, from their
 * own metadata. {@code ./mvnw -Dtest=ConfigurationPageTests -Ddocs.write=true test}
 * writes it anew.
 */
class ConfigurationPageTests {

	private static final Path PAGE = Path.of("docs", "configuration.md");

	private static final Path METADATA = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");

	private static final String BEGIN = "<!-- generated from the properties' metadata: begin -->\n";

	private static final String END = "<!-- generated: end -->\n";

	/** Sections by the prefixes of their properties; the first that fits. */
	private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

	static {
		SECTIONS.put("retention.backlog.", "Backlog cleanup");
		SECTIONS.put("retention.purge.", "Job purge");
		SECTIONS.put("retention.rules", "Rules of your own");
		SECTIONS.put("retention.run.", "Runs");
		SECTIONS.put("retention.throttle.", "Waiting for the database");
		SECTIONS.put("retention.security.oidc.", "OpenID");
		SECTIONS.put("retention.security.", "Users, tokens, other sites");
		SECTIONS.put("retention.notify.", "Notifications");
		SECTIONS.put("retention.doctor.", "Doctor");
		SECTIONS.put("retention.", "Start and status");
	}

	@Test
	void thePageListsTheProperties() throws IOException {
		String page = Files.readString(PAGE);
		int begin = page.indexOf(BEGIN) + BEGIN.length();
		int end = page.indexOf(END);
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(PAGE, page.substring(0, begin) + tables() + page.substring(end));
			return;
		}
		assertThat(page.substring(begin, end)).as("%s; write it anew with -Ddocs.write=true", PAGE).isEqualTo(tables());
	}

	private static String tables() throws IOException {
		Map<String, List<JsonNode>> sections = new LinkedHashMap<>();
		SECTIONS.values().forEach((title) -> sections.put(title, new ArrayList<>()));
		JsonNode properties = new JsonMapper().readTree(Files.readString(METADATA)).get("properties");
		StreamSupport.stream(properties.spliterator(), false)
			.sorted(Comparator.comparing((property) -> property.get("name").asString()))
			.forEach((property) -> sections.get(section(property.get("name").asString())).add(property));
		StringBuilder text = new StringBuilder();
		sections.forEach((title, rows) -> {
			text.append("\n## ")
				.append(title)
				.append("\n\n| property | environment | default | |\n|---|---|---|---|\n");
			rows.forEach((row) -> text.append(row(row)));
		});
		return text.append('\n').toString();
	}

	private static String section(String name) {
		return SECTIONS.entrySet()
			.stream()
			.filter((section) -> name.startsWith(section.getKey()))
			.findFirst()
			.orElseThrow()
			.getValue();
	}

	private static String row(JsonNode property) {
		String name = property.get("name").asString();
		assertThat(property.path("description").asString("")).as(name).matches("[A-Z].*\\.");
		return "| `" + name + "` | " + variable(name, property.get("type").asString()) + " | "
				+ defaultValue(property.path("defaultValue")) + " | " + property.get("description").asString() + " |\n";
	}

	private static String variable(String name, String type) {
		String shortName = EnvironmentNames.variables().get(name);
		if (shortName != null) {
			return "`" + shortName + "`";
		}
		if (type.contains("RuleProperties")) {
			return "see [rules](rules.md)";
		}
		String full = name.toUpperCase(Locale.ROOT).replace("-", "_").replace('.', '_');
		if (type.startsWith("java.util.Map")) {
			return "`" + full + "_<NAME>`";
		}
		return type.contains("com.delula") ? "`" + full + "_0_<FIELD>` …" : "`" + full + "`";
	}

	private static String defaultValue(JsonNode value) {
		if (value.isArray()) {
			List<String> values = new ArrayList<>();
			value.forEach((each) -> values.add(each.asString()));
			return "`" + String.join(",", values) + "`";
		}
		return value.isMissingNode() ? "" : "`" + value.asString() + "`";
	}

}
