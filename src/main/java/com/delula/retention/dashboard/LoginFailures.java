package com.delula.retention.dashboard;

import java.io.IOException;

import com.delula.retention.password.TooManyAttemptsException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Answers logins that failed: with the login page, or with one that says why. */
class LoginFailures implements AuthenticationFailureHandler {

	private static final Logger log = LoggerFactory.getLogger(LoginFailures.class);

	private final String back;

	private final ErrorPages pages;

	/**
	 * Answers of one way to log in.
	 * @param back the login page and what it should say
	 * @param pages writes the other pages
	 */
	LoginFailures(String back, ErrorPages pages) {
		this.back = back;
		this.pages = pages;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException ex) throws IOException {
		if (ex instanceof TooManyAttemptsException many) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
			this.pages.write(request, response, ErrorPage.of(HttpStatus.TOO_MANY_REQUESTS, "Too many wrong passwords",
					"Wait " + many.seconds() + " s, then log in again."));
			return;
		}
		RefusedLoginException refused = refusal(ex);
		if (refused != null) {
			this.pages.write(request, response, refused.page());
			return;
		}
		log.info("A login failed: {}", String.valueOf(ex.getMessage()).replaceAll("\\p{Cntrl}", " "));
		response.sendRedirect(request.getContextPath() + this.back);
	}

	private static @Nullable RefusedLoginException refusal(AuthenticationException ex) {
		Throwable cause = ex;
		while (cause != null && !(cause instanceof RefusedLoginException)) {
			cause = cause.getCause();
		}
		return (RefusedLoginException) cause;
	}

}
