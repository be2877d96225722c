package com.delula.retention.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.core.io.ClassPathResource;

/**
 * Describes the HTTP API by {@code openapi.yaml} and the parts of features. Controllers
 * read options by hand, of which springdoc can guess nothing; it says which addresses
 * there are, and one that is not there is not promised.
 */
final class ApiDescription implements OpenApiCustomizer {

	private static final ApiPart COMMON = new ApiPart("openapi.yaml");

	private final String version;

	private final List<ApiPart> parts;

	private final RuleDescription rules;

	ApiDescription(String version, List<ApiPart> parts, RuleDescription rules) {
		this.version = version;
		this.parts = parts;
		this.rules = rules;
	}

	@Override
	public void customise(OpenAPI found) {
		OpenAPI written = read(COMMON);
		this.parts.forEach((part) -> merge(read(part), written));
		this.rules.addOptions(written);
		found.info(written.getInfo().version(this.version));
		// springdoc calls it "Generated server url".
		found.getServers().forEach((server) -> server.description(null));
		found.tags(written.getTags());
		found.components(written.getComponents());
		Paths paths = new Paths();
		written.getPaths().forEach((path, item) -> {
			if (found.getPaths().containsKey(path)) {
				paths.addPathItem(path, item);
			}
		});
		undescribed(found.getPaths(), paths).forEach(paths::addPathItem);
		found.paths(paths);
	}

	private static void merge(OpenAPI part, OpenAPI whole) {
		part.getTags().forEach(whole::addTagsItem);
		part.getPaths().forEach(whole.getPaths()::addPathItem);
		Components more = part.getComponents();
		if (more.getSchemas() != null) {
			more.getSchemas().forEach(whole.getComponents()::addSchemas);
		}
		if (more.getParameters() != null) {
			more.getParameters().forEach(whole.getComponents()::addParameters);
		}
		if (more.getRequestBodies() != null) {
			more.getRequestBodies().forEach(whole.getComponents()::addRequestBodies);
		}
	}

	/** What nobody wrote about stays as springdoc found it; a test fails then. */
	private static Map<String, PathItem> undescribed(Paths found, Paths described) {
		Map<String, PathItem> left = new LinkedHashMap<>(found);
		left.keySet().removeAll(described.keySet());
		return left;
	}

	private OpenAPI read(ApiPart part) {
		try {
			String text = new ClassPathResource(part.file()).getContentAsString(StandardCharsets.UTF_8);
			return Yaml31.mapper().readValue(this.rules.fill(text), OpenAPI.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The description of the API cannot be read: " + part.file(), ex);
		}
	}

}
