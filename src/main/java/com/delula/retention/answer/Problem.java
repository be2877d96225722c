package com.delula.retention.answer;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Why a call was not done, as problem details (RFC 9457); the command line has the same
 * in JSON.
 *
 * @param type always {@code about:blank}
 * @param title the status in words
 * @param status the status of HTTP
 * @param detail what happened and what to change
 * @param success always false
 * @param runId the run that it is about; null if it is about none
 * @param counts what that run had counted; null if it is about none, or one that goes on
 */
@JsonPropertyOrder({ "type", "title", "status", "detail", "success", "runId" })
public record Problem(String type, String title, int status, String detail, boolean success,
		@JsonInclude(Include.NON_NULL) @Nullable UUID runId, @JsonUnwrapped @Nullable RunCounts counts) {

	/** A problem of a kind that HTTP has a status for. */
	public static Problem of(HttpStatus status, String detail, @Nullable UUID runId, @Nullable RunCounts counts) {
		return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, false, runId, counts);
	}

}
