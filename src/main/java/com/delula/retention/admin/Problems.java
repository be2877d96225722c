package com.delula.retention.admin;

import java.io.IOException;
import java.util.UUID;

import com.delula.retention.answer.Problem;
import com.delula.retention.answer.RunCounts;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Writes problem details (RFC 9457). Written straight to the response, whatever the
 * caller says it accepts: without an explanation nobody can fix anything.
 */
class Problems {

	private final JsonMapper json;

	Problems(JsonMapper json) {
		this.json = json;
	}

	/** Answers with a problem. */
	void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
		write(response, status, detail, null, null);
	}

	/** Answers with a problem that names a run. */
	void write(HttpServletResponse response, HttpStatus status, String detail, @Nullable UUID runId)
			throws IOException {
		write(response, status, detail, runId, null);
	}

	/** Answers with a problem that names a run and what it had counted. */
	void write(HttpServletResponse response, HttpStatus status, String detail, @Nullable UUID runId,
			@Nullable RunCounts counts) throws IOException {
		if (response.isCommitted()) {
			return;
		}
		Problem problem = Problem.of(status, detail, runId, counts);
		response.setStatus(status.value());
		response.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "10");
		}
		response.getOutputStream().write(this.json.writeValueAsBytes(problem));
	}

}
