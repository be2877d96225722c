package com.delula.retention.dashboard;

import java.io.IOException;
import java.util.Locale;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The API's description as a page: the same text that {@code /v3/api-docs} answers. */
@PageController
class ApiDocsController {

	static final String PATH = "/api-docs";

	private final ObjectProvider<OpenApiWebMvcResource> descriptions;

	private volatile @Nullable ApiDocs docs;

	ApiDocsController(ObjectProvider<OpenApiWebMvcResource> descriptions) {
		this.descriptions = descriptions;
	}

	@GetMapping(PATH)
	String docs(HttpServletRequest request, Model model) throws IOException {
		ApiDocs found = this.docs;
		if (found == null) {
			found = read(request);
			this.docs = found;
		}
		model.addAttribute("docs", found);
		return "dashboard/api";
	}

	/** It does not change while the service runs. */
	private ApiDocs read(HttpServletRequest request) throws IOException {
		OpenApiWebMvcResource description = this.descriptions.getIfAvailable();
		if (description == null) {
			throw NoSuchPageException.apiDocs();
		}
		byte[] json = description.openapiJson(request, "/v3/api-docs", Locale.ROOT);
		return ApiDocs.of(Json31.mapper().readValue(json, OpenAPI.class));
	}

}
