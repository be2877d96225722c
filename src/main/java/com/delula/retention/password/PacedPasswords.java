package com.delula.retention.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import com.delula.retention.password.AttemptPace.Key;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks passwords, of HTTP Basic and of the login form, at the {@link AttemptPace pace}
 * that the wrong ones before allow.
 */
final class PacedPasswords implements AuthenticationProvider {

	private static final Logger log = LoggerFactory.getLogger(PacedPasswords.class);

	/** Requests that may wait at a time, of the 200 that are served at a time. */
	private static final int MOST_WAITING = 20;

	private final DaoAuthenticationProvider passwords;

	private final AttemptPace pace;

	private final Semaphore waiting = new Semaphore(MOST_WAITING);

	PacedPasswords(DaoAuthenticationProvider passwords, AttemptPace pace) {
		this.passwords = passwords;
		this.pace = pace;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

	@Override
	public Authentication authenticate(Authentication attempt) {
		Key key = new Key(attempt.getName(), source(attempt));
		await(this.pace.takeTurn(key));
		try {
			Authentication known = this.passwords.authenticate(attempt);
			this.pace.succeeded(key);
			return known;
		}
		catch (BadCredentialsException ex) {
			failed(key);
			throw ex;
		}
	}

	private void failed(Key key) {
		if (this.pace.failed(key) == AttemptPace.FREE) {
			log.warn("{} wrong passwords for '{}' from {}; further attempts from there are slowed down",
					AttemptPace.FREE, key.user().replaceAll("\\p{Cntrl}", "?"), key.source());
		}
	}

	private static String source(Authentication attempt) {
		return (attempt.getDetails() instanceof WebAuthenticationDetails details)
				? Sources.of(String.valueOf(details.getRemoteAddress())) : "";
	}

	private void await(Duration wait) {
		if (wait.isZero()) {
			return;
		}
		if (!this.waiting.tryAcquire()) {
			throw new TooManyAttemptsException(wait);
		}
		try {
			Thread.sleep(wait.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AuthenticationServiceException("Interrupted", ex);
		}
		finally {
			this.waiting.release();
		}
	}

}
