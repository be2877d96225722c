package com.delula.retention.session;

/**
 * A user whom a provider vouches for at the login. No list of users has the role, so the
 * session keeps it.
 */
public interface VouchedUser {

	/** The role, such as {@code VIEWER}. */
	String role();

}
