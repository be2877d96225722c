package com.delula.retention.dashboard;

import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/** Tells what the current user may do. */
@Component
class CurrentUsers {

	private final RoleHierarchy roles;

	CurrentUsers(RoleHierarchy roles) {
		this.roles = roles;
	}

	CurrentUser of(@Nullable Authentication caller) {
		if (caller == null) {
			return new CurrentUser("", false, false);
		}
		Set<String> reachable = this.roles.getReachableGrantedAuthorities(caller.getAuthorities())
			.stream()
			.map(GrantedAuthority::getAuthority)
			.collect(Collectors.toSet());
		return new CurrentUser(caller.getName(), reachable.contains("ROLE_OPERATOR"), reachable.contains("ROLE_ADMIN"));
	}

}
