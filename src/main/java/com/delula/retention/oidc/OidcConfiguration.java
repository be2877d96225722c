package com.delula.retention.oidc;

import java.time.Clock;
import java.util.TreeMap;

import com.delula.retention.session.SigningKey;
import com.delula.retention.session.Vouching;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Wires the OpenID provider, if there is one; else not a bean of this is made. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@Conditional(OidcConfiguration.WithIssuer.class)
class OidcConfiguration {

	private static final Logger log = LoggerFactory.getLogger(OidcConfiguration.class);

	@Bean
	Provider openIdProvider(OidcProperties properties) {
		return new Provider(properties.issuer(), System::nanoTime);
	}

	@Bean
	ProviderTokens providerTokens(OidcProperties properties, Provider provider) {
		return new ProviderTokens(properties, provider, new Claims(properties));
	}

	/**
	 * A provider that is misspelt or away should be in the log before somebody needs it.
	 */
	@Bean
	ApplicationListener<ApplicationReadyEvent> askProviderEarly(OidcProperties properties, Provider provider) {
		return (ready) -> {
			warn(properties);
			Thread ask = new Thread(() -> ask(provider), "openid-provider");
			ask.setDaemon(true);
			ask.start();
		};
	}

	private static void ask(Provider provider) {
		try {
			provider.get();
		}
		catch (ProviderAwayException ex) {
			log.debug("Logged where it was found", ex);
		}
	}

	private static void warn(OidcProperties properties) {
		if (properties.roles().isEmpty()) {
			log.warn("No {}roles.<value> is set: nobody has a role by the OpenID provider", OidcProperties.PREFIX);
		}
		if (properties.audiences().isEmpty()) {
			log.warn("No {}audience is set: tokens that the OpenID provider issued for other services are accepted too",
					OidcProperties.PREFIX);
		}
	}

	/** The login on the pages, for which the provider has to know this service. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(WithClient.class)
	static class LoginConfiguration {

		@Bean
		ProviderLogin providerLogin(OidcProperties properties, Provider provider, SigningKey key, Clock clock) {
			return new ProviderLogin(properties, provider, new LoginCookie(key, clock, properties),
					new Claims(properties));
		}

		/** Sessions end when what gave their role has changed. */
		@Bean
		Vouching vouching(OidcProperties properties) {
			return new Vouching(properties.issuer() + " " + properties.clientId() + " " + properties.rolesClaim() + " "
					+ new TreeMap<>(properties.roles()));
		}

	}

	static final class WithIssuer implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return StringUtils.hasText(context.getEnvironment().getProperty(OidcProperties.ISSUER));
		}

	}

	static final class WithClient implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return StringUtils.hasText(context.getEnvironment().getProperty(OidcProperties.PREFIX + "client-id"));
		}

	}

}
