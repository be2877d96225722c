package com.delula.retention.oidc;

import java.util.List;
import java.util.Optional;

import com.delula.retention.admin.Role;
import com.delula.retention.dashboard.RefusedLoginException;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.client.RestTemplate;

/**
 * Gives users who log in at the provider their role. It is looked for in the ID token,
 * then at the user info endpoint, then in the access token: Keycloak has it only there
 * unless it is told otherwise.
 */
final class ProviderUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {

	private final OidcProperties properties;

	private final Provider provider;

	private final Claims claims;

	private final OidcUserService users = new OidcUserService();

	ProviderUsers(OidcProperties properties, Provider provider, Claims claims, ClientHttpRequestFactory requests) {
		this.properties = properties;
		this.provider = provider;
		this.claims = claims;
		RestTemplate http = new RestTemplate(requests);
		http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
		DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
		userInfo.setRestOperations(http);
		this.users.setOauth2UserService(userInfo);
	}

	@Override
	public OidcUser loadUser(OidcUserRequest request) {
		OidcUser user = this.users.loadUser(request);
		String name = this.claims.name(user.getClaims())
			.orElseThrow(() -> new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN,
					"Neither the ID token nor the user info names the user", null)));
		Role role = this.claims.role(user.getClaims())
			.or(() -> inAccessToken(request))
			.orElseThrow(() -> new RefusedLoginException(HttpStatus.FORBIDDEN, "No role in this service",
					"You are " + name + " at the provider, but none of your roles there gives you a role here."
							+ " Ask an administrator of this service, then log in again."));
		return new ProviderUser(user, name, role);
	}

	/**
	 * It came straight from the provider, so whom else it is meant for does not matter.
	 */
	private Optional<Role> inAccessToken(OidcUserRequest request) {
		try {
			return this.claims.role(TokenDecoders.access(this.provider.get(), this.properties.issuer(), List.of())
				.decode(request.getAccessToken().getTokenValue())
				.getClaims());
		}
		catch (JwtException ex) {
			return Optional.empty();
		}
	}

}
