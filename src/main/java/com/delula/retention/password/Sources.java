package com.delula.retention.password;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one source of attempts. */
final class Sources {

	/** Bytes of an IPv6 address that a network has; the rest its owner chooses freely. */
	private static final int NETWORK = 8;

	private Sources() {
	}

	/** The address, or the network of 64 bits where it is one of IPv6. */
	static String of(String address) {
		if (address.indexOf(':') < 0) {
			return address;
		}
		try {
			byte[] bytes = InetAddress.getByName(address.replaceAll("%.*", "")).getAddress();
			return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK)));
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}
