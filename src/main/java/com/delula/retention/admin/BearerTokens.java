package com.delula.retention.admin;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Knows callers by tokens that are no configured API tokens, such as those of an OpenID
 * provider. A bean of this type is asked where there is one.
 */
public interface BearerTokens {

	/**
	 * Whose token it is. A caller without authorities is known but has no role.
	 * @param token as it was sent
	 * @throws BadTokenException if it proves nothing
	 * @throws UncheckedTokenException if it cannot be told at the moment
	 */
	Authentication authenticate(String token) throws AuthenticationException;

}
