package com.delula.retention.password;

import java.time.Duration;

import org.springframework.security.authentication.AccountStatusException;

/**
 * A password was not checked, because too many wrong ones came from the same source. An
 * account's status to Spring Security, so that no other way to check is tried.
 */
public final class TooManyAttemptsException extends AccountStatusException {

	private static final long serialVersionUID = 1L;

	private final long seconds;

	TooManyAttemptsException(Duration wait) {
		super("Too many wrong passwords");
		this.seconds = Math.max(1, wait.plusMillis(999).toSeconds());
	}

	/** How long to wait before the next attempt, in whole seconds, at least 1. */
	public long seconds() {
		return this.seconds;
	}

}
