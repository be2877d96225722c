package com.delula.retention.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.core.io.ClassPathResource;

/**
 * Describes the HTTP API by {@code openapi.yaml}. Controllers read options by hand and
 * answer with maps, from which springdoc can guess nothing; it says which addresses there
 * are, and one that is not there is not promised.
 */
final class ApiDescription implements OpenApiCustomizer {

	private static final ClassPathResource WRITTEN = new ClassPathResource("openapi.yaml");

	private final String version;

	ApiDescription(String version) {
		this.version = version;
	}

	@Override
	public void customise(OpenAPI found) {
		OpenAPI written = read();
		found.info(written.getInfo().version(this.version));
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

	/** What nobody wrote about stays as springdoc found it; a test fails then. */
	private static Map<String, PathItem> undescribed(Paths found, Paths described) {
		Map<String, PathItem> left = new LinkedHashMap<>(found);
		left.keySet().removeAll(described.keySet());
		return left;
	}

	private static OpenAPI read() {
		try (InputStream text = WRITTEN.getInputStream()) {
			return Yaml31.mapper().readValue(text, OpenAPI.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The description of the API cannot be read", ex);
		}
	}

}
