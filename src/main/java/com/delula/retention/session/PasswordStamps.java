package com.delula.retention.session;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import org.springframework.security.core.userdetails.UserDetails;

/**
 * What a session knows of its user's password, so that a new password ends the sessions
 * of the old one. Slow to make, so that a cookie does not help in guessing a password;
 * made once for each.
 */
final class PasswordStamps {

	/** As {@code Pbkdf2PasswordEncoder} has it: some 100 ms. */
	private static final int ITERATIONS = 310_000;

	private static final int BITS = 256;

	/** Of the whole process: a stamp depends on nothing but the name and the password. */
	private static final Map<String, Stamp> STAMPS = new ConcurrentHashMap<>();

	String of(UserDetails user) {
		String password = String.valueOf(user.getPassword());
		Stamp known = STAMPS.get(user.getUsername());
		if (known == null || !known.password().equals(password)) {
			known = new Stamp(password, stamp(user.getUsername(), password));
			STAMPS.put(user.getUsername(), known);
		}
		return known.text();
	}

	private static String stamp(String name, String password) {
		byte[] salt = ("retention-session:" + name).getBytes(StandardCharsets.UTF_8);
		try {
			byte[] stamp = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
				.generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, BITS))
				.getEncoded();
			return Base64.getEncoder().encodeToString(stamp);
		}
		catch (NoSuchAlgorithmException | InvalidKeySpecException ex) {
			throw new IllegalStateException("Every Java platform has PBKDF2", ex);
		}
	}

	private record Stamp(String password, String text) {

	}

}
