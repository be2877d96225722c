package com.delula.retention.dashboard;

import java.io.IOException;
import java.util.Locale;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The API's description as a page: the same text that {@code /v3/api-docs} answers. */
@PageController
class ApiDocsController {

	static final String PATH = "/api-docs";

	/** Swagger UI draws its arrows from its own style sheet. */
	private static final String IMAGES = "; img-src 'self' data:";

	private static final String HERE = "here";

	private static final String DOCUMENT = "/v3/api-docs";

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
		model.addAttribute(HERE, here(request));
		return "dashboard/api";
	}

	/** Calls the API from the page, by Swagger UI inside the page's frame. */
	@GetMapping(PATH + "/try")
	String tryOut(HttpServletRequest request, HttpServletResponse response, Model model) {
		response.setHeader("Content-Security-Policy", DashboardSecurity.CONTENT_SECURITY_POLICY + IMAGES);
		model.addAttribute(HERE, here(request));
		return "dashboard/api-try";
	}

	/** The document itself, for those who are logged in to the pages. */
	@GetMapping(value = PATH + "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	byte[] document(HttpServletRequest request) throws IOException {
		return json(request);
	}

	private static String here(HttpServletRequest request) {
		return ServletUriComponentsBuilder.fromContextPath(request).toUriString();
	}

	/** It does not change while the service runs. */
	private ApiDocs read(HttpServletRequest request) throws IOException {
		return ApiDocs.of(Json31.mapper().readValue(json(request), OpenAPI.class));
	}

	private byte[] json(HttpServletRequest request) throws IOException {
		OpenApiWebMvcResource description = this.descriptions.getIfAvailable();
		if (description == null) {
			throw NoSuchPageException.apiDocs();
		}
		return description.openapiJson(new AtDocument(request), DOCUMENT, Locale.ROOT);
	}

	/** The address of the document tells where the calls are, whoever asks for it. */
	private static final class AtDocument extends HttpServletRequestWrapper {

		AtDocument(HttpServletRequest request) {
			super(request);
		}

		@Override
		public StringBuffer getRequestURL() {
			return new StringBuffer(here(this)).append(DOCUMENT);
		}

	}

}
