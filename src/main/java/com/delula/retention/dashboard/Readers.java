package com.delula.retention.dashboard;

import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/** Knows what a reader may do. */
@Component
class Readers {

	private final RoleHierarchy roles;

	Readers(RoleHierarchy roles) {
		this.roles = roles;
	}

	Reader of(@Nullable Authentication caller) {
		if (caller == null) {
			return new Reader("", false, false);
		}
		Set<String> reachable = this.roles.getReachableGrantedAuthorities(caller.getAuthorities())
			.stream()
			.map(GrantedAuthority::getAuthority)
			.collect(Collectors.toSet());
		return new Reader(caller.getName(), reachable.contains("ROLE_OPERATOR"), reachable.contains("ROLE_ADMIN"));
	}

}
