package com.delula.retention.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.delula.retention.password.TooManyAttemptsException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.WebUtils;

/** Answers logins that failed: with the login page, or with one that says why. */
class LoginFailures implements AuthenticationFailureHandler {

	private static final Logger log = LoggerFactory.getLogger(LoginFailures.class);

	private static final String NAME_COOKIE = "RETENTION_NAME";

	/** Long enough for the redirect to the login page. */
	private static final Duration SHOWN_FOR = Duration.ofSeconds(30);

	/** A longer one might not fit into an answer's head. */
	private static final int LONGEST_NAME = 200;

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
		keepName(request, response);
		response.sendRedirect(request.getContextPath() + this.back);
	}

	/** In a cookie: an address would tell the name to logs. */
	private static void keepName(HttpServletRequest request, HttpServletResponse response) {
		String name = request.getParameter("username");
		if (name != null && !name.isEmpty() && name.length() <= LONGEST_NAME) {
			response.addHeader(HttpHeaders.SET_COOKIE,
					ResponseCookie.from(NAME_COOKIE, UriUtils.encode(name, StandardCharsets.UTF_8))
						.path(request.getContextPath() + "/login")
						.maxAge(SHOWN_FOR)
						.httpOnly(true)
						.sameSite("Lax")
						.build()
						.toString());
		}
	}

	/** The name with which a login of this browser just failed; empty if none did. */
	static String keptName(HttpServletRequest request) {
		Cookie kept = WebUtils.getCookie(request, NAME_COOKIE);
		try {
			return (kept != null) ? UriUtils.decode(kept.getValue(), StandardCharsets.UTF_8) : "";
		}
		catch (IllegalArgumentException ex) {
			// Not written by this page
			return "";
		}
	}

	private static @Nullable RefusedLoginException refusal(AuthenticationException ex) {
		Throwable cause = ex;
		while (cause != null && !(cause instanceof RefusedLoginException)) {
			cause = cause.getCause();
		}
		return (RefusedLoginException) cause;
	}

}
