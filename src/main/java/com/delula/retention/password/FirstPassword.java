package com.delula.retention.password;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/**
 * Checks a password once, after the start, in the background. The first check makes the
 * hash that unknown users are held against, with code that has never run before: some
 * tenths of a second, for which an operator's first emergency would wait.
 */
final class FirstPassword {

	private static final String NOBODY = "";

	private final AuthenticationProvider passwords;

	FirstPassword(AuthenticationProvider passwords) {
		this.passwords = passwords;
	}

	@EventListener(ApplicationReadyEvent.class)
	void begin() {
		Thread thread = new Thread(this::check, "first-password");
		thread.setDaemon(true);
		thread.start();
	}

	private void check() {
		try {
			this.passwords.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(NOBODY, NOBODY));
		}
		catch (BadCredentialsException ex) {
			// Nobody has that name.
		}
	}

}
