package com.delula.retention.answer;

import java.util.Optional;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.GrantedAuthority;

/** Tells which role a caller lacks who was refused. */
public final class MissingRole {

	private static final String PREFIX = "ROLE_";

	private MissingRole() {
	}

	/**
	 * A sentence with a space before it, such as " Needs ADMIN."; empty where the refusal
	 * is about something else.
	 */
	public static String sentence(AccessDeniedException refusal) {
		return of(refusal).map((role) -> " Needs " + role + ".").orElse("");
	}

	private static Optional<String> of(AccessDeniedException refusal) {
		if (!(refusal instanceof AuthorizationDeniedException denied
				&& denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision)) {
			return Optional.empty();
		}
		return decision.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter((authority) -> authority != null && authority.startsWith(PREFIX))
			.map((authority) -> authority.substring(PREFIX.length()))
			.findFirst();
	}

}
