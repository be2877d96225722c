package com.delula.retention.oidc;

import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.delula.retention.admin.BadTokenException;
import com.delula.retention.admin.BearerTokens;
import com.delula.retention.admin.UncheckedTokenException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Knows callers of the API by the provider's tokens. */
final class ProviderTokens implements BearerTokens {

	private final OidcProperties properties;

	private final Provider provider;

	private final Claims claims;

	private volatile @Nullable JwtDecoder decoder;

	ProviderTokens(OidcProperties properties, Provider provider, Claims claims) {
		this.properties = properties;
		this.provider = provider;
		this.claims = claims;
	}

	@Override
	public Authentication authenticate(String token) {
		checkIssuer(token);
		Jwt jwt = decode(token);
		String name = this.claims.name(jwt.getClaims())
			.orElseThrow(() -> new BadTokenException("The token does not name its user."));
		List<GrantedAuthority> roles = this.claims.role(jwt.getClaims())
			.map((role) -> AuthorityUtils.createAuthorityList("ROLE_" + role))
			.orElseGet(List::of);
		return UsernamePasswordAuthenticationToken.authenticated(name, null, roles);
	}

	/** Spares the provider what is obviously none of its tokens. */
	private void checkIssuer(String token) {
		try {
			String issuer = SignedJWT.parse(token).getJWTClaimsSet().getIssuer();
			if (!this.properties.issuer().equals(issuer)) {
				throw new BadTokenException("The token is of another issuer.");
			}
		}
		catch (ParseException | IllegalArgumentException ex) {
			throw new BadTokenException("The token is unknown.");
		}
	}

	private Jwt decode(String token) {
		try {
			return decoder().decode(token);
		}
		catch (JwtValidationException ex) {
			throw new BadTokenException("The token is refused: " + reasons(ex) + ".");
		}
		catch (BadJwtException ex) {
			throw unverified();
		}
		catch (JwtException ex) {
			if (isRateLimited(ex)) {
				throw unverified();
			}
			throw away(ex);
		}
		catch (ProviderAwayException ex) {
			throw away(ex);
		}
	}

	private static BadTokenException unverified() {
		return new BadTokenException("The token cannot be verified: its signature or its key is not the provider's.");
	}

	private static UncheckedTokenException away(RuntimeException ex) {
		return new UncheckedTokenException(
				"The token cannot be checked: the OpenID provider does not answer." + " Try again in a moment.", ex);
	}

	private JwtDecoder decoder() {
		JwtDecoder known = this.decoder;
		if (known == null) {
			known = TokenDecoders.access(this.provider.get(), this.properties.issuer(), this.properties.audiences());
			this.decoder = known;
		}
		return known;
	}

	/** The keys were read a moment ago, and the token's was not among them. */
	private static boolean isRateLimited(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof RateLimitReachedException)) {
			cause = cause.getCause();
		}
		return cause != null;
	}

	private static String reasons(JwtValidationException ex) {
		return ex.getErrors()
			.stream()
			.map(OAuth2Error::getDescription)
			.filter(Objects::nonNull)
			.map((text) -> text.replaceAll("[^ !#-\\[\\]-~]", "?"))
			.distinct()
			.collect(Collectors.joining("; "));
	}

}
