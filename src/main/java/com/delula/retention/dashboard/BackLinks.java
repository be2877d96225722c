package com.delula.retention.dashboard;

import java.util.Optional;
import java.util.Set;

import com.delula.retention.rule.Rules;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Finds the page of the rule or the run that an address is about. */
@Component
class BackLinks {

	private static final Set<String> OF_RULES = Set.of("actions", "rules", "reports");

	private final Rules rules;

	BackLinks(Rules rules) {
		this.rules = rules;
	}

	/**
	 * Where an error page leads back to, besides the overview; empty where to nothing.
	 */
	Optional<Link> from(ErrorPage page, HttpServletRequest request) {
		String[] parts = request.getServletPath().split("/");
		if (parts.length < 4) {
			return Optional.empty();
		}
		if (OF_RULES.contains(parts[1])) {
			return this.rules.find(parts[2])
				.map((rule) -> new Link("/rules/" + rule.name(), "Back to " + rule.title()));
		}
		return (parts[1].equals("runs") && page.status() != HttpStatus.NOT_FOUND)
				? Optional.of(new Link("/runs/" + parts[2], "Back to the run")) : Optional.empty();
	}

	/**
	 * A link.
	 *
	 * @param address where it leads
	 * @param text what stands on it
	 */
	record Link(String address, String text) {

	}

}
