package com.delula.retention.oidc;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * The provider as it describes itself. It is asked when somebody needs it, and again
 * until it has answered, so that neither the start nor other callers wait for it.
 */
final class Provider {

	private static final Logger log = LoggerFactory.getLogger(Provider.class);

	/** After a failure callers are refused for this time without another attempt. */
	static final Duration BACKOFF = Duration.ofSeconds(2);

	private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {
	};

	private final String issuer;

	private final RestClient http;

	private final LongSupplier nanos;

	private volatile @Nullable Description description;

	private @Nullable ProviderAwayException failure;

	private long failedAt;

	Provider(String issuer, LongSupplier nanos) {
		this.issuer = issuer;
		this.http = RestClient.builder().requestFactory(ProviderCalls.requests()).build();
		this.nanos = nanos;
	}

	/**
	 * What the provider says of itself.
	 * @throws ProviderAwayException if it does not answer as it should
	 */
	Description get() {
		Description known = this.description;
		return (known != null) ? known : discover();
	}

	private synchronized Description discover() {
		if (this.description != null) {
			return this.description;
		}
		if (this.failure != null && this.nanos.getAsLong() - this.failedAt < BACKOFF.toNanos()) {
			throw this.failure;
		}
		try {
			Description found = read();
			this.description = found;
			log.info("OpenID provider {} found; its tokens are accepted", this.issuer);
			return found;
		}
		catch (ProviderAwayException ex) {
			warn(ex);
			this.failure = ex;
			this.failedAt = this.nanos.getAsLong();
			throw ex;
		}
	}

	/** Once for each reason, not with every attempt. */
	private void warn(ProviderAwayException ex) {
		String before = (this.failure != null) ? this.failure.getMessage() : null;
		if (!Objects.equals(before, ex.getMessage())) {
			log.warn("The OpenID provider {} cannot be used: {}. Its tokens and logins are refused until it can",
					this.issuer, ex.getMessage());
		}
	}

	private Description read() {
		Map<String, Object> found = fetch(this.issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
		if (!this.issuer.equals(found.get("issuer"))) {
			throw new ProviderAwayException("it calls itself " + found.get("issuer"));
		}
		if (!(found.get("jwks_uri") instanceof String keys)) {
			throw new ProviderAwayException("it names no jwks_uri");
		}
		return new Description(found, ProviderCalls.keys(keys));
	}

	private Map<String, Object> fetch(String address) {
		try {
			Map<String, Object> found = this.http.get().uri(URI.create(address)).retrieve().body(OBJECT);
			if (found != null) {
				return found;
			}
		}
		catch (RestClientException ex) {
			throw new ProviderAwayException(address + " does not answer (" + reason(ex) + ")");
		}
		throw new ProviderAwayException(address + " answers with nothing");
	}

	private static String reason(RestClientException ex) {
		if (ex instanceof RestClientResponseException answer) {
			return "HTTP " + answer.getStatusCode().value();
		}
		Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
		return cause.getClass().getSimpleName()
				+ ((cause.getMessage() != null) ? ": " + cause.getMessage().replaceAll("\\s+", " ") : "");
	}

	/**
	 * What a provider says of itself.
	 *
	 * @param configuration as it stands at its well-known address
	 * @param keys its keys
	 */
	record Description(Map<String, Object> configuration, JWKSource<SecurityContext> keys) {

	}

}
