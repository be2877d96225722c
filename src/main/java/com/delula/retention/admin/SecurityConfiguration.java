package com.delula.retention.admin;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.delula.retention.origin.ForeignRequests;
import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** Who may call what. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Logger log = LoggerFactory.getLogger(SecurityConfiguration.class);

	private static final String[] OPEN = { "/actuator/health", "/actuator/health/liveness",
			"/actuator/health/readiness" };

	/**
	 * Emergencies, at the address that all rules have and at those of a rule's own, and
	 * restores.
	 */
	private static final String[] EMERGENCIES = { "/api/admin/rules/*/emergency", "/api/admin/*/emergency",
			"/api/admin/runs/*/restore" };

	@Bean
	Problems problems(JsonMapper json) {
		return new Problems(json);
	}

	@Bean
	RoleHierarchy roleHierarchy() {
		return RoleHierarchyImpl.withDefaultRolePrefix()
			.role(Role.ADMIN.name())
			.implies(Role.OPERATOR.name())
			.role(Role.OPERATOR.name())
			.implies(Role.VIEWER.name())
			.build();
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new RememberingPasswordEncoder(PasswordEncoderFactories.createDelegatingPasswordEncoder());
	}

	@Bean
	UserDetailsService users(SecurityProperties properties, @Value("${ADMIN_USERNAME:}") String adminName,
			@Value("${ADMIN_PASSWORD:}") String adminPassword) {
		List<UserDetails> users = new ArrayList<>();
		String name = StringUtils.hasText(adminName) ? adminName : "admin";
		for (SecurityProperties.User user : properties.users()) {
			users.add(User.withUsername(String.valueOf(user.name()))
				.password(user.password())
				.roles(String.valueOf(user.role()))
				.build());
		}
		if (properties.users().stream().noneMatch((user) -> name.equals(user.name()))) {
			users.add(User.withUsername(name)
				.password("{noop}" + (adminPassword.isEmpty() ? generated(name) : adminPassword))
				.roles(Role.ADMIN.name())
				.build());
		}
		return new InMemoryUserDetailsManager(users);
	}

	private static String generated(String name) {
		byte[] random = new byte[18];
		new SecureRandom().nextBytes(random);
		String password = Base64.getUrlEncoder().encodeToString(random);
		log.warn("ADMIN_PASSWORD is not set; until the next start the password of '{}' is {}", name, password);
		return password;
	}

	/** Would time each of the filters of each request, for nobody. */
	@Bean
	static SecurityObservationSettings unobservedFilters() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	ForeignRequests foreignRequests(SecurityProperties properties) {
		return new ForeignRequests(properties.allowedOrigins());
	}

	@Bean
	SecurityFilterChain api(HttpSecurity http, SecurityProperties properties, ForeignRequests foreign,
			ObjectProvider<BearerTokens> tokens, Problems problems) throws Exception {
		ApiRefusals refusals = new ApiRefusals(problems);
		http.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.cors((cors) -> cors.configurationSource(allowed(properties.allowedOrigins())))
			.httpBasic((basic) -> basic.authenticationEntryPoint(refusals))
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.headers((headers) -> headers.addHeaderWriter(noPages()))
			.addFilterAfter(new CrossSiteFilter(foreign, problems), HeaderWriterFilter.class)
			.addFilterBefore(new TokenFilter(properties.tokens(), tokens.getIfAvailable(), refusals),
					BasicAuthenticationFilter.class)
			.authorizeHttpRequests(
					(requests) -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
						.permitAll()
						.requestMatchers(HttpMethod.GET, OPEN)
						.permitAll()
						.requestMatchers(HttpMethod.HEAD, OPEN)
						.permitAll()
						.requestMatchers("/error")
						.permitAll()
						.requestMatchers(HttpMethod.POST, EMERGENCIES)
						.hasRole(Role.ADMIN.name())
						.requestMatchers(HttpMethod.PUT)
						.hasRole(Role.ADMIN.name())
						.requestMatchers(HttpMethod.DELETE)
						.hasRole(Role.ADMIN.name())
						.requestMatchers(HttpMethod.POST)
						.hasRole(Role.OPERATOR.name())
						.requestMatchers(HttpMethod.PATCH)
						.hasRole(Role.OPERATOR.name())
						.anyRequest()
						.hasRole(Role.VIEWER.name()));
		return http.build();
	}

	/** Nothing that the API answers is a page, whatever a browser takes it for. */
	private static HeaderWriter noPages() {
		PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
		return new DelegatingRequestMatcherHeaderWriter(
				new OrRequestMatcher(paths.matcher("/api/**"), paths.matcher("/actuator/**")),
				new ContentSecurityPolicyHeaderWriter("default-src 'none'; frame-ancestors 'none'"));
	}

	/** Other origins get no answer that their pages could read. */
	private static CorsConfigurationSource allowed(List<String> origins) {
		CorsConfiguration configuration = new CorsConfiguration();
		configuration.setAllowedOrigins(origins);
		configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"));
		configuration.setAllowedHeaders(List.of("Authorization", "Content-Type", "Prefer", "Last-Event-ID"));
		configuration.setExposedHeaders(List.of("Location", "Preference-Applied", "Retry-After"));
		configuration.setAllowCredentials(true);
		return (request) -> origins.contains(String.valueOf(request.getHeader(HttpHeaders.ORIGIN))) ? configuration
				: null;
	}

}
