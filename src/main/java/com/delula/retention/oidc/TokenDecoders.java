package com.delula.retention.oidc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Makes what checks tokens: their signature by a key of the provider's (never by a shared
 * secret, never without), their issuer, their time and whom they are meant for. Clocks
 * may differ by a minute.
 */
final class TokenDecoders {

	/** Also {@code at+jwt} (RFC 9068), and none. */
	private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES = new DefaultJOSEObjectTypeVerifier<>(
			JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null);

	private TokenDecoders() {
	}

	/**
	 * For access tokens.
	 * @param audiences whom they must be meant for; anybody if empty
	 */
	static JwtDecoder access(Provider.Description provider, String issuer, List<String> audiences) {
		List<OAuth2TokenValidator<Jwt>> checks = new ArrayList<>(List.of(times(), new JwtIssuerValidator(issuer)));
		if (!audiences.isEmpty()) {
			checks.add(new JwtClaimValidator<List<String>>(JwtClaimNames.AUD,
					(audience) -> audience != null && !Collections.disjoint(audience, audiences)));
		}
		NimbusJwtDecoder decoder = signed(provider);
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(checks));
		return decoder;
	}

	/** For the token that a login brings along. */
	static JwtDecoder login(Provider.Description provider, ClientRegistration client) {
		NimbusJwtDecoder decoder = signed(provider);
		decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times(), new OidcIdTokenValidator(client)));
		return decoder;
	}

	private static NimbusJwtDecoder signed(Provider.Description provider) {
		return NimbusJwtDecoder.withJwkSource(provider.keys())
			.jwsAlgorithms((algorithms) -> algorithms.addAll(Set.of(SignatureAlgorithm.values())))
			.jwtProcessorCustomizer((processor) -> processor.setJWSTypeVerifier(TYPES))
			.build();
	}

	private static JwtTimestampValidator times() {
		JwtTimestampValidator times = new JwtTimestampValidator();
		times.setAllowEmptyExpiryClaim(false);
		return times;
	}

}
