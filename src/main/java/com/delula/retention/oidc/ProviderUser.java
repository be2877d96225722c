package com.delula.retention.oidc;

import com.delula.retention.admin.Role;
import com.delula.retention.session.VouchedUser;

import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A user who has logged in at the provider. */
final class ProviderUser extends DefaultOidcUser implements VouchedUser {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final Role role;

	ProviderUser(OidcUser user, String name, Role role) {
		super(AuthorityUtils.createAuthorityList("ROLE_" + role), user.getIdToken(), user.getUserInfo());
		this.name = name;
		this.role = role;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String role() {
		return this.role.name();
	}

}
