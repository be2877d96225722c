package com.delula.retention.admin;

import org.springframework.security.authentication.AuthenticationServiceException;

/** A bearer token cannot be checked at the moment; the message tells the caller why. */
public final class UncheckedTokenException extends AuthenticationServiceException {

	private static final long serialVersionUID = 1L;

	public UncheckedTokenException(String reason, Throwable cause) {
		super(reason, cause);
	}

}
