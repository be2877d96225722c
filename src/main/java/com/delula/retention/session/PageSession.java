package com.delula.retention.session;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A session as its cookie has it.
 *
 * @param id what it is ended by
 * @param user who logged in
 * @param expires when it ends by itself, in whole seconds
 */
record PageSession(String id, String user, Instant expires) {

	private static final String PURPOSE = "session";

	/** The cookie's value: what it says, and the signature of that. */
	String cookie(SigningKey key, String stamp) {
		String name = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(this.user.getBytes(StandardCharsets.UTF_8));
		return String.join(".", this.id, name, seconds(), key.sign(PURPOSE, this.id, this.user, seconds(), stamp));
	}

	boolean isSigned(SigningKey key, String stamp, String signature) {
		return key.verify(signature, PURPOSE, this.id, this.user, seconds(), stamp);
	}

	private String seconds() {
		return Long.toString(this.expires.getEpochSecond());
	}

	/** What a cookie says, not whether it is true; empty if it is none of ours. */
	static Optional<Signed> read(String cookie) {
		String[] parts = cookie.split("\\.", -1);
		if (parts.length != 4 || !parts[2].matches("[0-9]{1,12}")) {
			return Optional.empty();
		}
		try {
			String name = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
			Instant expires = Instant.ofEpochSecond(Long.parseLong(parts[2]));
			return Optional.of(new Signed(new PageSession(parts[0], name, expires), parts[3]));
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
