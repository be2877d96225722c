package com.delula.retention.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** What an operator writes into the settings in place of a password or a token. */
final class Passwords {

	private Passwords() {
	}

	/** With the least strength that there is, because tests are in a hurry. */
	static String bcrypt(String password) {
		return new BCryptPasswordEncoder(4).encode(password);
	}

	static String sha256(String token) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
