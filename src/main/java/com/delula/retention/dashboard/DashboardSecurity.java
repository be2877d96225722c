package com.delula.retention.dashboard;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/**
 * Guards the pages: a login form, a session and a token in every form. All other
 * addresses are left to the API, which knows neither session nor cookie.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class DashboardSecurity {

	/** Nothing from elsewhere, and nothing that is written into a page. */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self';"
			+ " frame-ancestors 'none'; object-src 'none'";

	private static final String[] PAGES = { "/", "/login", "/logout", "/overview/**", "/recipes", "/doctor", "/runs",
			"/runs/**", "/actions/**", "/assets/**", "/webjars/**" };

	private static final String LOGIN = "/login";

	private static final String TOO_OLD = LOGIN + "?expired";

	@Bean
	@Order(1)
	SecurityFilterChain dashboard(HttpSecurity http, ErrorPages pages) throws Exception {
		return http.securityMatcher(PAGES)
			.authorizeHttpRequests(DashboardSecurity::roles)
			.formLogin((form) -> form.loginPage(LOGIN).defaultSuccessUrl("/").permitAll())
			.logout((logout) -> logout.logoutSuccessUrl(LOGIN + "?bye"))
			.requestCache((cache) -> cache.requestCache(pagesOnly()))
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(DashboardSecurity::unknown)
				.accessDeniedHandler((request, response, ex) -> denied(request, response, ex, pages)))
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
			.build();
	}

	private static void roles(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers("/assets/**", "/webjars/**")
			.permitAll()
			.requestMatchers("/actions/emergency", "/actions/emergency/**")
			.hasRole("ADMIN")
			.requestMatchers("/actions/**")
			.hasRole("OPERATOR")
			.requestMatchers(HttpMethod.GET)
			.hasRole("VIEWER")
			.anyRequest()
			.hasRole("OPERATOR");
	}

	/** After the login one comes back to a page, never to a part of one. */
	@SuppressWarnings("NullAway") // null is documented to leave addresses as they are
	private static HttpSessionRequestCache pagesOnly() {
		HttpSessionRequestCache cache = new HttpSessionRequestCache();
		cache.setRequestMatcher((request) -> "GET".equals(request.getMethod()) && !Htmx.asks(request));
		cache.setMatchingRequestParameterName(null);
		return cache;
	}

	private static void unknown(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException, ServletException {
		if (Htmx.asks(request)) {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
			response.setHeader("HX-Redirect", request.getContextPath() + TOO_OLD);
			return;
		}
		new LoginUrlAuthenticationEntryPoint(LOGIN).commence(request, response, ex);
	}

	private static void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex,
			ErrorPages pages) throws IOException {
		if (!(ex instanceof CsrfException)) {
			pages.write(request, response, ErrorPage.of(HttpStatus.FORBIDDEN, "Your role does not allow this",
					"Nothing was done. An administrator of this service can give you another role."));
			return;
		}
		String path = request.getServletPath();
		if (path.equals(LOGIN) || path.equals("/logout")) {
			response.sendRedirect(request.getContextPath() + TOO_OLD);
			return;
		}
		pages.write(request, response, ErrorPage.of(HttpStatus.FORBIDDEN, "This form is no longer valid",
				"It is too old, or it was sent by another site. Nothing was done. Open the page again."));
	}

}
