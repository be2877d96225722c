package com.delula.retention.dashboard;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Another way to log in to the pages than by a password. Beans of this type are
 * collected; the login page links to each.
 */
public interface PageLogin {

	/**
	 * Where it begins, such as {@code /login/openid}; what is below belongs to it too.
	 */
	String path();

	/** What its link says. */
	String title();

	/**
	 * Adds its filters.
	 * @param http what guards the pages
	 * @param answers what becomes of a login
	 */
	void addTo(HttpSecurity http, Answers answers);

	/**
	 * What becomes of a login.
	 *
	 * @param sessions keeps who has logged in
	 * @param success goes to the page that was asked for
	 * @param failure says why not; see {@link RefusedLoginException}
	 */
	record Answers(SecurityContextRepository sessions, AuthenticationSuccessHandler success,
			AuthenticationFailureHandler failure) {

	}

}
