package com.delula.retention.oidc;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** How the provider is called: never for long, and never often. */
final class ProviderCalls {

	static final Duration CONNECT = Duration.ofSeconds(3);

	static final Duration READ = Duration.ofSeconds(5);

	/** Keys are read again after this time, and at once for a token of an unknown key. */
	private static final Duration KEYS_FOR = Duration.ofMinutes(5);

	/** Tokens of unknown keys cause at most two calls in this time. */
	private static final Duration KEYS_INTERVAL = Duration.ofSeconds(5);

	/** While the provider does not answer, its last keys hold. */
	private static final Duration KEYS_OUTAGE = Duration.ofHours(1);

	/** Of the answer with the keys, in bytes. */
	private static final int KEYS_SIZE = 1 << 20;

	private ProviderCalls() {
	}

	static ClientHttpRequestFactory requests() {
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NORMAL).build());
		factory.setReadTimeout(READ);
		return factory;
	}

	/** The provider's keys, read when they are needed. */
	static JWKSource<SecurityContext> keys(String address) {
		DefaultResourceRetriever calls = new DefaultResourceRetriever((int) CONNECT.toMillis(), (int) READ.toMillis(),
				KEYS_SIZE);
		return JWKSourceBuilder.<SecurityContext>create(url(address), calls)
			.cache(KEYS_FOR.toMillis(), CONNECT.plus(READ).toMillis())
			.refreshAheadCache(false)
			.rateLimited(KEYS_INTERVAL.toMillis())
			.outageTolerant(KEYS_OUTAGE.toMillis())
			.build();
	}

	private static URL url(String address) {
		try {
			return URI.create(address).toURL();
		}
		catch (MalformedURLException | IllegalArgumentException ex) {
			throw new ProviderAwayException("its jwks_uri is no URL: " + address);
		}
	}

}
