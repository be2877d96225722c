package com.delula.retention.admin;

import org.springframework.http.HttpStatus;

/** An option cannot be understood; the message names it and says what is allowed. */
final class BadOptionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private BadOptionException(HttpStatus status, String message) {
		super(message);
		this.status = status;
	}

	HttpStatus status() {
		return this.status;
	}

	static BadOptionException unknown(String name, Iterable<String> known) {
		return bad("There is no option '" + shown(name) + "'; there are: " + String.join(", ", known)
				+ ". Nothing was done.");
	}

	static BadOptionException repeated(String name) {
		return bad("The option '" + shown(name) + "' is given more than once. Nothing was done.");
	}

	static BadOptionException invalid(String name, String value, String allowed) {
		return bad("The option '" + name + "' cannot be '" + shown(value) + "'; allowed is " + allowed
				+ ". Nothing was done.");
	}

	static BadOptionException unreadable(String what) {
		return bad(what + " Nothing was done.");
	}

	static BadOptionException mediaType() {
		return new BadOptionException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
				"Options are query parameters or a body of type application/json. Nothing was done.");
	}

	static BadOptionException tooLarge() {
		return new BadOptionException(HttpStatus.CONTENT_TOO_LARGE, "The body is too large. Nothing was done.");
	}

	private static BadOptionException bad(String message) {
		return new BadOptionException(HttpStatus.BAD_REQUEST, message);
	}

	private static String shown(String text) {
		String plain = text.replaceAll("\\p{Cntrl}", "?");
		return (plain.length() > 100) ? plain.substring(0, 100) + "…" : plain;
	}

}
