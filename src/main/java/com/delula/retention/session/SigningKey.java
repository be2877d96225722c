package com.delula.retention.session;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signs what the service hands to a browser and wants back unchanged. The key is in the
 * database, so that what one instance signed another knows; it is read once, so that
 * signatures can be checked while the database is away.
 */
public class SigningKey {

	private static final String ALGORITHM = "HmacSHA256";

	private static final String INSERT = """
			INSERT INTO retention_secret (name, value)
			VALUES ('signing-key', :value)
			ON CONFLICT (name) DO NOTHING
			""";

	private static final String READ = "SELECT value FROM retention_secret WHERE name = 'signing-key'";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private volatile @Nullable SecretKeySpec key;

	SigningKey(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * A signature.
	 * @param purpose what is signed; a signature for one purpose is none for another
	 * @param parts what it says, in order
	 */
	public String sign(String purpose, String... parts) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key());
			update(mac, purpose);
			for (String part : parts) {
				update(mac, part);
			}
			return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

	/** Whether a signature is the one of these parts. */
	public boolean verify(String signature, String purpose, String... parts) {
		return MessageDigest.isEqual(signature.getBytes(StandardCharsets.UTF_8),
				sign(purpose, parts).getBytes(StandardCharsets.UTF_8));
	}

	/** With its length before it, so that parts cannot run into each other. */
	private static void update(Mac mac, String part) {
		byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
		mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
		mac.update(bytes);
	}

	private SecretKeySpec key() {
		SecretKeySpec known = this.key;
		if (known == null) {
			known = new SecretKeySpec(Base64.getDecoder().decode(load()), ALGORITHM);
			this.key = known;
		}
		return known;
	}

	/** Reads the key, which the first instance makes. */
	private String load() {
		return this.jdbc.sql(READ).query(String.class).optional().orElseGet(() -> {
			byte[] random = new byte[32];
			new SecureRandom().nextBytes(random);
			String value = Base64.getEncoder().encodeToString(random);
			this.transaction.executeWithoutResult((tx) -> this.jdbc.sql(INSERT).param("value", value).update());
			return this.jdbc.sql(READ).query(String.class).single();
		});
	}

	/** Reads the key while the database is there. */
	void warmUp() {
		key();
	}

}
