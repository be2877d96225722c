package com.delula.retention.oidc;

import java.net.URI;
import java.util.List;

import com.delula.retention.dashboard.PageLogin;
import com.delula.retention.dashboard.RefusedLoginException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

/**
 * The provider's login on the pages: the authorization code flow with PKCE. Its filters
 * are put together by hand, because Spring Security's configurer wants to know the
 * provider at the start.
 */
final class ProviderLogin implements PageLogin, ClientRegistrationRepository {

	static final String ID = "openid";

	static final String PATH = "/login/" + ID;

	private static final String CALLBACK = PATH + "/callback";

	private final OidcProperties properties;

	private final Provider provider;

	private final LoginCookie cookie;

	private final Claims claims;

	private volatile @Nullable ClientRegistration client;

	ProviderLogin(OidcProperties properties, Provider provider, LoginCookie cookie, Claims claims) {
		this.properties = properties;
		this.provider = provider;
		this.cookie = cookie;
		this.claims = claims;
	}

	@Override
	public String path() {
		return PATH;
	}

	@Override
	public String title() {
		return "Log in with " + URI.create(this.properties.issuer()).getHost();
	}

	@Override
	public void addTo(HttpSecurity http, Answers answers) {
		http.addFilter(begin(answers)).addFilter(end(answers));
	}

	private OAuth2AuthorizationRequestRedirectFilter begin(Answers answers) {
		OAuth2AuthorizationRequestRedirectFilter filter = new OAuth2AuthorizationRequestRedirectFilter(
				new DefaultOAuth2AuthorizationRequestResolver(this, "/login"));
		filter.setAuthorizationRequestRepository(this.cookie);
		filter.setAuthenticationFailureHandler(answers.failure());
		return filter;
	}

	private OAuth2LoginAuthenticationFilter end(Answers answers) {
		OAuth2LoginAuthenticationFilter filter = new OAuth2LoginAuthenticationFilter(this, new NoClients(), CALLBACK);
		filter.setAuthorizationRequestRepository(this.cookie);
		filter.setAuthenticationManager(new ProviderManager(exchange()));
		filter.setSecurityContextRepository(answers.sessions());
		filter.setAuthenticationSuccessHandler(answers.success());
		filter.setAuthenticationFailureHandler(answers.failure());
		return filter;
	}

	private OidcAuthorizationCodeAuthenticationProvider exchange() {
		ClientHttpRequestFactory requests = ProviderCalls.requests();
		RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
		tokens.setRestClient(tokenClient(requests));
		OidcAuthorizationCodeAuthenticationProvider exchange = new OidcAuthorizationCodeAuthenticationProvider(tokens,
				new ProviderUsers(this.properties, this.provider, this.claims, requests));
		exchange.setJwtDecoderFactory((client) -> TokenDecoders.login(this.provider.get(), client));
		return exchange;
	}

	/** As Spring Security makes it, but with timeouts. */
	private static RestClient tokenClient(ClientHttpRequestFactory requests) {
		return RestClient.builder()
			.requestFactory(requests)
			.configureMessageConverters((converters) -> converters.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build();
	}

	@Override
	public @Nullable ClientRegistration findByRegistrationId(String id) {
		ClientRegistration known = this.client;
		if (known == null && ID.equals(id)) {
			known = register();
			this.client = known;
		}
		return known;
	}

	private ClientRegistration register() {
		try {
			ClientRegistration.Builder builder = ClientRegistrations
				.fromOidcConfiguration(this.provider.get().configuration())
				.registrationId(ID)
				.clientId(String.valueOf(this.properties.clientId()))
				.redirectUri("{baseUrl}" + CALLBACK)
				.scope(List.copyOf(this.properties.scopes()))
				.clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build());
			return (this.properties.clientSecret() == null)
					? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
					: builder.clientSecret(this.properties.clientSecret()).build();
		}
		catch (ProviderAwayException | IllegalArgumentException | IllegalStateException ex) {
			throw new RefusedLoginException(HttpStatus.SERVICE_UNAVAILABLE, "The provider cannot be reached",
					"Its login does not work at the moment. Try again shortly, or log in with a password.");
		}
	}

}
