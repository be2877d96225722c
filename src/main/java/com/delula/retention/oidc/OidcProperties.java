package com.delula.retention.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

import com.delula.retention.admin.Role;
import com.delula.retention.validation.InvalidSettingException;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The OpenID provider whose tokens and logins are accepted.
 *
 * @param issuerUri Issuer of the OpenID provider, as its tokens name it; without one
 * there is no provider.
 * @param audience Audiences of which a token must name one; the client-id by default.
 * @param clientId Client id of this service at the provider; without one the login page
 * offers only passwords.
 * @param clientSecret Client secret; without one the login relies on PKCE alone.
 * @param scopes Scopes that a login asks for.
 * @param usernameClaim Claim with the user's name; preferred_username, else sub, by
 * default.
 * @param roles Role here by role at the provider, such as roles.platform-team=ADMIN.
 * @param rolesClaim Claim with the user's roles; dots lead into nested claims.
 */
@ConfigurationProperties("retention.security.oidc")
record OidcProperties(@Nullable String issuerUri, @DefaultValue List<String> audience, @Nullable String clientId,
		@Nullable String clientSecret, @DefaultValue( {
				"openid", "profile" }) List<String> scopes,
		@Nullable String usernameClaim, @DefaultValue("roles") String rolesClaim,
		@DefaultValue Map<String, Role> roles){

	static final String PREFIX = "retention.security.oidc.";

	static final String ISSUER = PREFIX + "issuer-uri";

	OidcProperties {
		issuerUri = orNull(issuerUri);
		clientId = orNull(clientId);
		clientSecret = orNull(clientSecret);
		usernameClaim = orNull(usernameClaim);
		audience = audience.stream().map(String::trim).filter((name) -> !name.isEmpty()).toList();
		scopes = List.copyOf(scopes);
		roles = Map.copyOf(roles);
		if (issuerUri == null && (clientId != null || !audience.isEmpty() || !roles.isEmpty())) {
			throw InvalidSettingException.missing("Missing " + ISSUER + ": other " + PREFIX + "* settings are set");
		}
		Setting.require(issuerUri == null || isIssuer(issuerUri), ISSUER, String.valueOf(issuerUri),
				"an http or https URL without query and fragment, as the provider's tokens name it");
		Setting.require(clientSecret == null || clientId != null, PREFIX + "client-id", "",
				"set where " + PREFIX + "client-secret is");
		Setting.require(!rolesClaim.isBlank(), PREFIX + "roles-claim", rolesClaim, "a claim's name");
		Setting.require(scopes.contains("openid"), PREFIX + "scopes", String.join(",", scopes),
				"a list with openid in it");
	}

	/** The issuer, where there is a provider. */
	String issuer() {
		if (this.issuerUri == null) {
			throw new IllegalStateException("No provider is configured");
		}
		return this.issuerUri;
	}

	/** Whom tokens must be meant for; anybody if empty. */
	List<String> audiences() {
		return (this.audience.isEmpty() && this.clientId != null) ? List.of(this.clientId) : this.audience;
	}

	private static @Nullable String orNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text.trim() : null;
	}

	private static boolean isIssuer(String text) {
		try {
			URI uri = new URI(text);
			return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
					&& uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

}
