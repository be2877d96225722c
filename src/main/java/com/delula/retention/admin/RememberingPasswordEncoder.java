package com.delula.retention.admin;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for each encoded password the last one that matched it, as a keyed hash: a
 * stateless API asks with every request, and a slow hash a request would make a status
 * slow (bcrypt takes some 60 ms of a core).
 */
final class RememberingPasswordEncoder implements PasswordEncoder {

	private static final String ALGORITHM = "HmacSHA256";

	private final PasswordEncoder delegate;

	private final SecretKeySpec key;

	/** As many entries as there are users. */
	private final Map<String, byte[]> matched = new ConcurrentHashMap<>();

	RememberingPasswordEncoder(PasswordEncoder delegate) {
		this.delegate = delegate;
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		this.key = new SecretKeySpec(random, ALGORITHM);
	}

	@Override
	public @Nullable String encode(@Nullable CharSequence password) {
		return this.delegate.encode(password);
	}

	@Override
	public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
		if (password == null || encoded == null) {
			return this.delegate.matches(password, encoded);
		}
		byte[] hash = hash(password);
		byte[] known = this.matched.get(encoded);
		if (known != null && MessageDigest.isEqual(known, hash)) {
			return true;
		}
		boolean matches = this.delegate.matches(password, encoded);
		if (matches) {
			this.matched.put(encoded, hash);
		}
		return matches;
	}

	private byte[] hash(CharSequence password) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
