package com.delula.retention.dashboard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.answer.MissingRole;
import com.delula.retention.origin.ForeignRequests;
import com.delula.retention.run.Mode;
import com.delula.retention.session.PageSessions;
import com.delula.retention.session.SessionRenewal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Guards the pages: a login form, a session and a token in every form, all of which every
 * instance knows. All other addresses are left to the API, which knows neither session
 * nor cookie.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class DashboardSecurity {

	/** Nothing from elsewhere, and nothing that is written into a page. */
	static final String CONTENT_SECURITY_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self';"
			+ " frame-ancestors 'none'; object-src 'none'";

	private static final String[] PAGES = { "/", "/login", "/logout", "/overview/**", "/palette/**", "/api-docs/**",
			"/favicon.ico", "/doctor", "/rows", "/runs", "/runs/**", "/actions/**", "/rules/*", "/rules/*/findings",
			"/rules/*/group", "/rules/*/policies/**", ReportPageController.PATH, ReportPageController.PATH + "/**",
			"/assets/**", "/webjars/**" };

	private static final String EMERGENCY = "/actions/*/" + Mode.EMERGENCY.label();

	private static final String POLICIES = "/rules/*/policies";

	private static final String RESTORE = "/runs/*/restore";

	private static final String LOGIN = "/login";

	private static final String TOO_OLD = LOGIN + "?expired";

	private static final ErrorPage INVALID_FORM = ErrorPage.of(HttpStatus.FORBIDDEN, "This form is no longer valid",
			"It has expired or was sent by another site. Nothing was done. Reload the page and try again.");

	private static final ErrorPage FOREIGN_FORM = ErrorPage.of(HttpStatus.FORBIDDEN,
			"This form comes from another site",
			"Nothing was done. If it does not, a reverse proxy changes the Host header: have it pass that on, or add the"
					+ " origin of the pages to retention.security.allowed-origins.");

	@Bean
	@Order(1)
	SecurityFilterChain dashboard(HttpSecurity http, ErrorPages errors, PageSessions sessions, ForeignRequests foreign,
			ObjectProvider<FeaturePage> features, ObjectProvider<PageLogin> logins,
			ObjectProvider<RequestMappingHandlerMapping> controllers) throws Exception {
		UnknownAddresses unknown = new UnknownAddresses(controllers, sessions, errors);
		RequestMatcher others = paths(logins.stream().flatMap((login) -> below(login.path())));
		CookieRequestCache cache = pagesOnly();
		logins.orderedStream().forEach((login) -> login.addTo(http, answers(sessions, cache, errors)));
		return http.securityMatcher(new OrRequestMatcher(pages(features), others, unknown))
			.authorizeHttpRequests((requests) -> requests.requestMatchers(others).permitAll())
			.authorizeHttpRequests(DashboardSecurity::roles)
			.securityContext((context) -> context.securityContextRepository(sessions))
			.sessionManagement((none) -> none.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf((csrf) -> csrf.csrfTokenRepository(tokens()))
			.formLogin((form) -> form.loginPage(LOGIN)
				.defaultSuccessUrl("/")
				.failureHandler(new LoginFailures(LOGIN + "?error", errors)))
			.logout((logout) -> logout.logoutSuccessUrl(LOGIN + "?bye"))
			.requestCache((requests) -> requests.requestCache(cache))
			.addFilterBefore(ownOnly(foreign, errors), CsrfFilter.class)
			.addFilterAfter(new SessionRenewal(sessions), AuthorizationFilter.class)
			.addFilterAfter(unknown, SessionRenewal.class)
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(DashboardSecurity::unknown)
				.accessDeniedHandler((request, response, ex) -> denied(request, response, ex, errors)))
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
			.build();
	}

	private static void roles(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(LOGIN, "/favicon.ico", "/assets/**", "/webjars/**")
			.permitAll()
			.requestMatchers(EMERGENCY, EMERGENCY + "/**", RESTORE)
			.hasRole("ADMIN")
			.requestMatchers(HttpMethod.GET, POLICIES)
			.hasRole("VIEWER")
			.requestMatchers(POLICIES, POLICIES + "/**")
			.hasRole("ADMIN")
			.requestMatchers("/actions/**")
			.hasRole("OPERATOR")
			.requestMatchers(HttpMethod.GET)
			.hasRole("VIEWER")
			.anyRequest()
			.hasRole("OPERATOR");
	}

	/** After the login one comes back to a page, never to a part of one. */
	private static CookieRequestCache pagesOnly() {
		CookieRequestCache cache = new CookieRequestCache();
		cache.setRequestMatcher((request) -> "GET".equals(request.getMethod()) && !Htmx.asks(request));
		return cache;
	}

	private static RequestMatcher pages(ObjectProvider<FeaturePage> features) {
		return paths(Stream.concat(Arrays.stream(PAGES), features.stream().map(FeaturePage::path)));
	}

	private static RequestMatcher paths(Stream<String> all) {
		PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
		List<RequestMatcher> matchers = all.<RequestMatcher>map(paths::matcher).toList();
		return (request) -> matchers.stream().anyMatch((matcher) -> matcher.matches(request));
	}

	private static Stream<String> below(String path) {
		return Stream.of(path, path + "/**");
	}

	private static PageLogin.Answers answers(PageSessions sessions, CookieRequestCache cache, ErrorPages errors) {
		SavedRequestAwareAuthenticationSuccessHandler success = new SavedRequestAwareAuthenticationSuccessHandler();
		success.setRequestCache(cache);
		return new PageLogin.Answers(sessions, success, new LoginFailures(LOGIN + "?failed", errors));
	}

	/** In a cookie too, so that a form of one instance can be sent to another. */
	private static CookieCsrfTokenRepository tokens() {
		CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
		tokens.setCookieName("RETENTION_FORM");
		tokens.setCookieCustomizer((cookie) -> cookie.httpOnly(true).sameSite("Lax"));
		return tokens;
	}

	/**
	 * A browser that says that the page is our own is believed, as a proxy may have
	 * changed the host.
	 */
	private static Filter ownOnly(ForeignRequests foreign, ErrorPages pages) {
		return (request, response, chain) -> {
			HttpServletRequest http = (HttpServletRequest) request;
			if (!"same-origin".equals(http.getHeader("Sec-Fetch-Site")) && foreign.matches(http)) {
				pages.write(http, (HttpServletResponse) response, FOREIGN_FORM);
				return;
			}
			chain.doFilter(request, response);
		};
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
			pages.write(request, response,
					ErrorPage.of(HttpStatus.FORBIDDEN, "Your role does not allow this",
							(MissingRole.sentence(ex)
									+ " Nothing was done. Ask an administrator of this service for another role.")
								.strip()));
			return;
		}
		String path = request.getServletPath();
		if (path.equals(LOGIN) || path.equals("/logout")) {
			response.sendRedirect(request.getContextPath() + TOO_OLD);
			return;
		}
		pages.write(request, response, INVALID_FORM);
	}

}
