package com.delula.retention.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.session.SigningKey;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.util.WebUtils;

/**
 * Keeps what a login at the provider must bring back in a signed cookie, so that the user
 * may begin it at one instance and come back to another. Nobody but this browser has it,
 * which is what makes a login that somebody else began fail.
 */
final class LoginCookie implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	static final String NAME = "RETENTION_LOGIN";

	private static final String PURPOSE = "openid-login";

	/** How long somebody may take to log in at the provider. */
	private static final Duration LASTS = Duration.ofMinutes(10);

	private final SigningKey key;

	private final Clock clock;

	private final OidcProperties properties;

	LoginCookie(SigningKey key, Clock clock, OidcProperties properties) {
		this.key = key;
		this.clock = clock;
		this.properties = properties;
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		return Optional.ofNullable(WebUtils.getCookie(request, NAME))
			.map(Cookie::getValue)
			.flatMap(this::read)
			.filter((begun) -> begun.state().equals(request.getParameter(OAuth2ParameterNames.STATE)))
			.map(this::request)
			.orElse(null);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizationRequest begun = loadAuthorizationRequest(request);
		write("", Duration.ZERO, request, response);
		return begun;
	}

	@Override
	public void saveAuthorizationRequest(@Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request,
			HttpServletResponse response) {
		if (begun == null) {
			write("", Duration.ZERO, request, response);
			return;
		}
		Begun saved = new Begun(String.valueOf(begun.getState()), String.valueOf(begun.getRedirectUri()),
				attribute(begun, OidcParameterNames.NONCE), attribute(begun, PkceParameterNames.CODE_VERIFIER),
				this.clock.instant().plus(LASTS).getEpochSecond());
		String signed = Stream.of(saved.parts()).map(LoginCookie::encode).collect(Collectors.joining("."));
		write(signed + "." + this.key.sign(PURPOSE, saved.parts()), LASTS, request, response);
	}

	private static String attribute(OAuth2AuthorizationRequest begun, String name) {
		return Objects.requireNonNull(begun.<String>getAttribute(name), name);
	}

	private Optional<Begun> read(String cookie) {
		String[] parts = cookie.split("\\.", -1);
		if (parts.length != 6) {
			return Optional.empty();
		}
		try {
			List<String> said = Stream.of(parts).limit(5).map(LoginCookie::decode).toList();
			if (!this.key.verify(parts[5], PURPOSE, said.toArray(String[]::new))) {
				return Optional.empty();
			}
			return Optional
				.of(new Begun(said.get(0), said.get(1), said.get(2), said.get(3), Long.parseLong(said.get(4))))
				.filter((begun) -> Instant.ofEpochSecond(begun.expires()).isAfter(this.clock.instant()));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private OAuth2AuthorizationRequest request(Begun begun) {
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(this.properties.issuer())
			.clientId(String.valueOf(this.properties.clientId()))
			.redirectUri(begun.redirectUri())
			.scopes(Set.copyOf(this.properties.scopes()))
			.state(begun.state())
			.attributes((attributes) -> attributes.putAll(Map.of(OAuth2ParameterNames.REGISTRATION_ID, ProviderLogin.ID,
					OidcParameterNames.NONCE, begun.nonce(), PkceParameterNames.CODE_VERIFIER, begun.verifier())))
			.build();
	}

	private static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String decode(String text) {
		return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
	}

	/** Lax, because the way back from the provider comes from another site. */
	private static void write(String value, Duration maxAge, HttpServletRequest request, HttpServletResponse response) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(NAME, value)
					.path(request.getContextPath() + ProviderLogin.PATH)
					.httpOnly(true)
					.secure(request.isSecure())
					.sameSite("Lax")
					.maxAge(maxAge)
					.build()
					.toString());
	}

	/**
	 * A login that was begun.
	 *
	 * @param state what the provider sends back
	 * @param redirectUri where it sends the user to
	 * @param nonce what its token has to contain, hashed
	 * @param verifier what the code is exchanged with
	 * @param expires when it is too late, in seconds since 1970
	 */
	private record Begun(String state, String redirectUri, String nonce, String verifier, long expires) {

		String[] parts() {
			return new String[] { this.state, this.redirectUri, this.nonce, this.verifier,
					Long.toString(this.expires) };
		}

	}

}
