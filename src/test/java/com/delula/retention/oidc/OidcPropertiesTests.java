package com.delula.retention.oidc;

import java.util.List;
import java.util.Map;

import com.delula.retention.admin.Role;
import com.delula.retention.validation.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Settings of the provider that make no sense, and claims that give a name and a role.
 */
class OidcPropertiesTests {

	private static final String PREFIX = "retention.security.oidc";

	private static OidcProperties bind(Map<String, String> settings) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		settings.forEach((name, value) -> source.put(PREFIX + "." + name, value));
		return new Binder(source).bindOrCreate(PREFIX, Bindable.of(OidcProperties.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "issuer-uri|nonsense|x|y|issuer-uri=nonsense", "issuer-uri|ftp://a.example|x|y|issuer-uri=ftp",
					"issuer-uri|https://a.example?x=1|x|y|issuer-uri=https", "client-id|c|x|y|Missing",
					"roles.admins|ADMIN|x|y|Missing", "issuer-uri|https://a.example|client-secret|s|client-id",
					"issuer-uri|https://a.example|roles-claim|' '|roles-claim",
					"issuer-uri|https://a.example|scopes|profile|scopes=profile" })
	void refused(String name, String value, String more, String moreValue, String says) {
		assertThatThrownBy(() -> bind(Map.of(name, value, more, moreValue))).rootCause()
			.isInstanceOf(InvalidSettingException.class)
			.hasMessageContaining(says)
			.hasMessageContaining(PREFIX);
	}

	@Test
	void emptyMeansUnset() {
		OidcProperties unset = bind(Map.of("issuer-uri", "", "client-id", " ", "client-secret", "", "audience", ""));
		assertThat(unset.issuerUri()).isNull();
		assertThat(unset.audiences()).isEmpty();
		assertThat(bind(Map.of("issuer-uri", "https://a.example", "client-id", "c")).audiences()).containsExactly("c");
	}

	@Test
	void claimsAreFoundByNameAndByPath() {
		OidcProperties properties = bind(
				Map.of("issuer-uri", "https://a.example/", "roles-claim", "https://a.example/roles",
						"roles.[All staff]", "VIEWER", "roles.Ops-Team", "OPERATOR", "roles.a.b", "ADMIN"));
		assertThat(properties.roles()).containsOnly(Map.entry("All staff", Role.VIEWER),
				Map.entry("Ops-Team", Role.OPERATOR), Map.entry("a.b", Role.ADMIN));
		Claims claims = new Claims(properties);
		assertThat(claims.role(Map.of("https://a.example/roles", "All staff"))).contains(Role.VIEWER);
		assertThat(claims.role(Map.of("https://a.example/roles", "x Ops-Team"))).contains(Role.OPERATOR);
		assertThat(claims.role(Map.of("https://a.example/roles", List.of("All staff", "a.b")))).contains(Role.ADMIN);
		assertThat(claims.role(Map.of("https://a.example/roles", 7))).isEmpty();
		assertThat(claims.name(Map.of("sub", "4711"))).contains("4711");
		assertThat(claims.name(Map.of("sub", "4711", "preferred_username", "ol\nga"))).contains("olga");
		assertThat(claims.name(Map.of())).isEmpty();
	}

}
