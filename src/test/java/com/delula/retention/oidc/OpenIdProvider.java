package com.delula.retention.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Authorization Server on a port of its own. Its users are {@code olga}, whose ID
 * token says that she is an operator, {@code karl}, of whom only the access token says
 * so, and {@code nora}, who has no role.
 */
final class OpenIdProvider implements AutoCloseable {

	static final String CLIENT = "retention";

	static final String SECRET = "the client's secret";

	static final String AUDIENCE = "retention-api";

	static final String PASSWORD = "olga's";

	private final int port = freePort();

	private volatile RSAKey key = newKey();

	private @Nullable AnnotationConfigServletWebServerApplicationContext context;

	String issuer() {
		return "http://localhost:" + this.port;
	}

	/** Starts it; until then nothing answers at its address. */
	void start(int... servicePorts) {
		AnnotationConfigServletWebServerApplicationContext starting = new AnnotationConfigServletWebServerApplicationContext();
		starting.registerBean(OpenIdProvider.class, () -> this, (bean) -> bean.setDestroyMethodName(""));
		starting.registerBean(RegisteredClientRepository.class,
				() -> new InMemoryRegisteredClientRepository(client(servicePorts)));
		starting.register(Setup.class);
		starting.refresh();
		this.context = starting;
	}

	private static RegisteredClient client(int... servicePorts) {
		RegisteredClient.Builder client = RegisteredClient.withId("1")
			.clientId(CLIENT)
			.clientSecret("{noop}" + SECRET)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.scope("openid")
			.scope("profile");
		for (int servicePort : servicePorts) {
			client.redirectUri("http://localhost:" + servicePort + "/login/openid/callback");
		}
		return client.build();
	}

	/** From now on only the new key is published. */
	void rotateKey() {
		this.key = newKey();
	}

	/** An access token of an operator, unless it is changed. */
	String token(Consumer<JWTClaimsSet.Builder> change) {
		return sign(this.key, change);
	}

	/** A token that says it is the provider's, signed by somebody else. */
	String forged() {
		return sign(newKey(), (claims) -> {
		});
	}

	private String sign(RSAKey signer, Consumer<JWTClaimsSet.Builder> change) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(issuer())
			.subject("4711")
			.audience(List.of("other", AUDIENCE))
			.claim("preferred_username", "olga")
			.claim("realm_access", Map.of("roles", List.of("staff", "retention-operators")))
			.expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
		change.accept(claims);
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signer.getKeyID()).build(),
					claims.build());
			token.sign(new RSASSASigner(signer));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/** No configuration class to the service's scan, which must not find it. */
	@EnableWebSecurity
	static class Setup {

		@Bean
		TomcatServletWebServerFactory tomcat(OpenIdProvider provider) {
			TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(provider.port);
			// Filters are only asked where there is a servlet behind them.
			factory.setRegisterDefaultServlet(true);
			return factory;
		}

		@Bean
		DelegatingFilterProxyRegistrationBean security() {
			return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.oauth2AuthorizationServer((server) -> server.oidc(Customizer.withDefaults()))
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.oauth2ResourceServer((tokens) -> tokens.jwt(Customizer.withDefaults()))
				.build();
		}

		@Bean
		AuthorizationServerSettings settings(OpenIdProvider provider) {
			return AuthorizationServerSettings.builder().issuer(provider.issuer()).build();
		}

		@Bean
		JWKSource<SecurityContext> keys(OpenIdProvider provider) {
			return (selector, context) -> selector.select(new JWKSet(provider.key));
		}

		@Bean
		JwtDecoder decoder(JWKSource<SecurityContext> keys) {
			return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(List.of("olga", "karl", "nora")
				.stream()
				.map((name) -> User.withUsername(name).password("{noop}" + PASSWORD).roles("USER").build())
				.toList());
		}

		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> roles() {
			return (context) -> {
				String user = context.getPrincipal().getName();
				boolean login = context.getTokenType().getValue().equals("id_token");
				if (user.equals("olga") || (user.equals("karl") && !login)) {
					context.getClaims().claim("realm_access", Map.of("roles", List.of("retention-operators")));
				}
			};
		}

	}

}
