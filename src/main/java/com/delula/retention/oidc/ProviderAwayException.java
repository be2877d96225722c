package com.delula.retention.oidc;

/** The provider cannot be reached, or does not describe itself as it should. */
final class ProviderAwayException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ProviderAwayException(String message) {
		super(message);
	}

}
