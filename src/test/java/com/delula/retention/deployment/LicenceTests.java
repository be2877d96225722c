package com.delula.retention.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The bill of materials in the jar is whole, and all that is in it may be passed on. */
@DisabledIfSystemProperty(named = "maven.offline", matches = "true",
		disabledReason = "Maven makes no bill of materials offline: leave out -o")
class LicenceTests {

	private static final Path BILL = Path.of("target/classes/META-INF/sbom/application.cdx.json");

	/**
	 * By name, as the bill has it. Where a part offers several, one of these is enough.
	 */
	private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause",
			"0BSD", "CC0-1.0", "EPL-1.0", "EPL-2.0", "EDL 1.0", "LGPL-2.1-only", "LGPL-2.1-or-later", "Public Domain",
			"ISC", "Public Domain, per Creative Commons CC0", "Eclipse Distribution License - v 1.0",
			"GPL-2.0-with-classpath-exception");

	@Test
	void everyPartOfTheJarIsInTheBillWithALicenceThatIsAllowed() throws IOException {
		JsonNode bill = new JsonMapper().readTree(Files.readString(BILL));
		assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
		Map<String, List<String>> refused = new TreeMap<>();
		Set<String> names = new TreeSet<>();
		for (JsonNode part : bill.get("components")) {
			names.add(part.get("name").asString());
			List<String> licences = licences(part);
			if (licences.stream().noneMatch(ALLOWED::contains)) {
				refused.put(part.get("purl").asString(), licences);
			}
		}
		assertThat(refused).as("parts without a licence that LicenceTests allows").isEmpty();
		assertThat(names).hasSizeGreaterThan(80).contains("postgresql", "spring-core", "picocli", "htmx.org");
	}

	private static List<String> licences(JsonNode part) {
		List<String> licences = new ArrayList<>();
		for (JsonNode choice : part.path("licenses")) {
			if (choice.has("expression")) {
				licences.addAll(List.of(choice.get("expression").asString().replaceAll("[()]", "").split(" OR ")));
			}
			else {
				JsonNode licence = choice.get("license");
				licences.add(licence.has("id") ? licence.get("id").asString() : licence.get("name").asString());
			}
		}
		return licences;
	}

}
