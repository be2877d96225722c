package com.delula.retention.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Writes problem details (RFC 9457). Written straight to the response, whatever the
 * caller says it accepts: a caller that is told nothing cannot mend anything.
 */
class Problems {

	private final JsonMapper json;

	Problems(JsonMapper json) {
		this.json = json;
	}

	/** Answers with a problem. */
	void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
		write(response, status, detail, Map.of());
	}

	/** Answers with a problem that names a run. */
	void write(HttpServletResponse response, HttpStatus status, String detail, @Nullable UUID runId)
			throws IOException {
		write(response, status, detail, (runId != null) ? Map.of("runId", runId) : Map.of());
	}

	/** Answers with a problem that says more. */
	void write(HttpServletResponse response, HttpStatus status, String detail, Map<String, ?> more) throws IOException {
		if (response.isCommitted()) {
			return;
		}
		Map<String, @Nullable Object> problem = new LinkedHashMap<>();
		problem.put("type", "about:blank");
		problem.put("title", status.getReasonPhrase());
		problem.put("status", status.value());
		problem.put("detail", detail);
		problem.put("success", false);
		problem.putAll(more);
		response.setStatus(status.value());
		response.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "10");
		}
		response.getOutputStream().write(this.json.writeValueAsBytes(problem));
	}

}
