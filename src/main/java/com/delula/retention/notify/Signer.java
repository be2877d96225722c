package com.delula.retention.notify;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.delula.retention.validation.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages as Standard Webhooks does: HMAC-SHA256 over id, timestamp and body. With
 * several keys, as while a secret is changed, there is a signature for each.
 */
final class Signer {

	private static final String ALGORITHM = "HmacSHA256";

	private static final String PREFIX = "whsec_";

	/** The bounds of Standard Webhooks, in bytes. */
	private static final int SHORTEST = 24;

	private static final int LONGEST = 64;

	private final List<SecretKeySpec> keys;

	private Signer(List<SecretKeySpec> keys) {
		this.keys = keys;
	}

	/**
	 * Signs with a secret.
	 * @param property the property that holds it
	 * @param webhook whose it is, for the message; the secret itself is not shown
	 * @throws InvalidSettingException if it is none
	 */
	static Signer of(String property, String webhook, @Nullable String secret) {
		String given = (secret != null) ? secret.trim() : "";
		try {
			List<SecretKeySpec> keys = Arrays.stream(given.split("\\s+")).map(Signer::key).toList();
			return new Signer(keys);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSettingException(property, given.isEmpty() ? "" : "(of " + webhook + ")",
					"whsec_ and 24 to 64 random bytes in Base64, as from: echo whsec_$(openssl rand -base64 32)");
		}
	}

	private static SecretKeySpec key(String secret) {
		if (!secret.startsWith(PREFIX)) {
			throw new IllegalArgumentException();
		}
		byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
		if (key.length < SHORTEST || key.length > LONGEST) {
			throw new IllegalArgumentException();
		}
		return new SecretKeySpec(key, ALGORITHM);
	}

	/**
	 * The value of {@code webhook-signature}.
	 * @param id the value of {@code webhook-id}
	 * @param seconds the value of {@code webhook-timestamp}, seconds since 1970
	 */
	String sign(String id, long seconds, String body) {
		byte[] content = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
		return this.keys.stream().map((key) -> "v1," + sign(key, content)).collect(Collectors.joining(" "));
	}

	private static String sign(SecretKeySpec key, byte[] content) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return Base64.getEncoder().encodeToString(mac.doFinal(content));
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
