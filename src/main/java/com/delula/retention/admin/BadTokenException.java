package com.delula.retention.admin;

import org.springframework.security.core.AuthenticationException;

/** A bearer token is refused; the message tells the caller why. */
public final class BadTokenException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	/**
	 * A refusal.
	 * @param reason a sentence for the caller, in ASCII and without double quotes,
	 * because it is also sent in a header
	 */
	public BadTokenException(String reason) {
		super(reason);
	}

}
