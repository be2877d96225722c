package com.delula.retention.oidc;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.delula.retention.admin.Role;
import org.jspecify.annotations.Nullable;

/** Reads from a token's claims who somebody is and what they may do. */
final class Claims {

	/** Characters of a name; what is longer is cut off. */
	private static final int LONGEST = 200;

	private final OidcProperties properties;

	Claims(OidcProperties properties) {
		this.properties = properties;
	}

	/** The user's name, for the history and the page; empty if the claim is missing. */
	Optional<String> name(Map<String, Object> claims) {
		String claim = this.properties.usernameClaim();
		Stream<String> names = (claim != null) ? Stream.of(claim) : Stream.of("preferred_username", "sub");
		return names.map((name) -> find(claims, name))
			.filter(Objects::nonNull)
			.map((value) -> value.toString().replaceAll("\\p{Cntrl}", "").trim())
			.filter((name) -> !name.isEmpty())
			.map((name) -> name.substring(0, Math.min(name.length(), LONGEST)))
			.findFirst();
	}

	/** The highest of the roles that the user's roles at the provider map to. */
	Optional<Role> role(Map<String, Object> claims) {
		return values(find(claims, this.properties.rolesClaim())).map(this.properties.roles()::get)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder());
	}

	/** A claim by its full name, which may have dots itself, else by a path. */
	private static @Nullable Object find(Map<String, Object> claims, String name) {
		Object found = claims.get(name);
		if (found != null) {
			return found;
		}
		Object here = claims;
		for (String part : name.split("\\.")) {
			here = (here instanceof Map<?, ?> map) ? map.get(part) : null;
		}
		return here;
	}

	/** A list's entries; a text as it is, and its words, as some providers send them. */
	private static Stream<String> values(@Nullable Object claim) {
		if (claim instanceof Collection<?> list) {
			return list.stream().filter(Objects::nonNull).map(Object::toString);
		}
		return (claim instanceof String text) ? Stream.concat(Stream.of(text), Arrays.stream(text.split("[\\s,]+")))
				: Stream.empty();
	}

}
