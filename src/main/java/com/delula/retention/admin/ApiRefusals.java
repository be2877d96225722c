package com.delula.retention.admin;

import java.io.IOException;

import com.delula.retention.answer.MissingRole;
import com.delula.retention.password.TooManyAttemptsException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers callers of the API who are unknown, or may not do what they ask. */
class ApiRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final String BASIC = "Basic realm=\"retention\", charset=\"UTF-8\"";

	private static final String BEARER = "Bearer realm=\"retention\"";

	private final Problems problems;

	ApiRefusals(Problems problems) {
		this.problems = problems;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException {
		if (ex instanceof TooManyAttemptsException many) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
			this.problems.write(response, HttpStatus.TOO_MANY_REQUESTS,
					"Too many wrong passwords. Wait " + many.seconds() + " s, then try again.");
			return;
		}
		if (ex instanceof UncheckedTokenException) {
			this.problems.write(response, HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(ex.getMessage()));
			return;
		}
		unknown(response, ex);
	}

	private void unknown(HttpServletResponse response, AuthenticationException ex) throws IOException {
		boolean bad = ex instanceof BadTokenException;
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE,
				bad ? BEARER + ", error=\"invalid_token\", error_description=\"" + ex.getMessage() + "\"" : BEARER);
		this.problems.write(response, HttpStatus.UNAUTHORIZED, bad ? String.valueOf(ex.getMessage()) : why(ex));
	}

	/** The same for a user that does not exist, so that nobody learns which do. */
	private static String why(AuthenticationException ex) {
		return (ex instanceof BadCredentialsException) ? "The user name or password is wrong."
				: "Authentication required: send Basic credentials or a Bearer token.";
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
			throws IOException {
		this.problems.write(response, HttpStatus.FORBIDDEN,
				hasNoRole()
						? "This account has no role in this service. Nothing was done."
								+ " An administrator can map one of its roles at the OpenID provider to a role here."
						: "Your role does not allow this." + MissingRole.sentence(ex) + " Nothing was done.");
	}

	private static boolean hasNoRole() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return caller != null && caller.getAuthorities().isEmpty();
	}

}
