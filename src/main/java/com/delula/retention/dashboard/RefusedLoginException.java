package com.delula.retention.dashboard;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** A login is refused for a reason that the user should read. */
public final class RefusedLoginException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private final String title;

	/**
	 * A refusal.
	 * @param status the page's status
	 * @param title what is the matter
	 * @param detail what to do now
	 */
	public RefusedLoginException(HttpStatus status, String title, String detail) {
		super(detail);
		this.status = status;
		this.title = title;
	}

	ErrorPage page() {
		return ErrorPage.of(this.status, this.title, String.valueOf(getMessage()));
	}

}
