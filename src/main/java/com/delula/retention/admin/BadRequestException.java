package com.delula.retention.admin;

import org.springframework.http.HttpStatus;

/**
 * A call whose query or body cannot be read. The sentence on what was not done is added
 * by {@link ProblemAdvice}.
 */
final class BadRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private BadRequestException(HttpStatus status, String message) {
		super(message);
		this.status = status;
	}

	HttpStatus status() {
		return this.status;
	}

	static BadRequestException unreadable(String what) {
		return new BadRequestException(HttpStatus.BAD_REQUEST, what);
	}

	static BadRequestException mediaType() {
		return new BadRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
				"Options are query parameters or a body of type application/json.");
	}

	static BadRequestException tooLarge() {
		return new BadRequestException(HttpStatus.CONTENT_TOO_LARGE, "The body is too large.");
	}

}
