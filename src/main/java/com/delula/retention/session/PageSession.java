package com.delula.retention.session;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A session as its cookie has it.
 *
 * @param id what it is ended by
 * @param user who logged in
 * @param expires when it ends by itself, in whole seconds
 * @param role the role that a provider vouched for; null for a user of the service's own
 */
record PageSession(String id, String user, Instant expires, @Nullable String role) {

	private static final String PURPOSE = "session";

	private static final String VOUCHED = "vouched-session";

	/** The cookie's value: what it says, and the signature of that. */
	String cookie(SigningKey key, String stamp) {
		String name = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(this.user.getBytes(StandardCharsets.UTF_8));
		String said = String.join(".", this.id, name, seconds());
		return (this.role == null) ? said + "." + sign(key, stamp)
				: String.join(".", said, this.role, sign(key, stamp));
	}

	private String sign(SigningKey key, String stamp) {
		return (this.role == null) ? key.sign(PURPOSE, this.id, this.user, seconds(), stamp)
				: key.sign(VOUCHED, this.id, this.user, seconds(), this.role, stamp);
	}

	boolean isSigned(SigningKey key, String stamp, String signature) {
		return (this.role == null) ? key.verify(signature, PURPOSE, this.id, this.user, seconds(), stamp)
				: key.verify(signature, VOUCHED, this.id, this.user, seconds(), this.role, stamp);
	}

	private String seconds() {
		return Long.toString(this.expires.getEpochSecond());
	}

	/** What a cookie says, not whether it is true; empty if it is none of ours. */
	static Optional<Signed> read(String cookie) {
		String[] parts = cookie.split("\\.", -1);
		if (parts.length < 4 || parts.length > 5 || !parts[2].matches("[0-9]{1,12}")) {
			return Optional.empty();
		}
		try {
			String name = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
			Instant expires = Instant.ofEpochSecond(Long.parseLong(parts[2]));
			String role = (parts.length == 5) ? parts[3] : null;
			return Optional.of(new Signed(new PageSession(parts[0], name, expires, role), parts[parts.length - 1]));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * A session and the signature that came with it.
	 *
	 * @param session what the cookie says
	 * @param signature what is to be checked
	 */
	record Signed(PageSession session, String signature) {

	}

}
