package com.delula.retention.admin;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;

/** Reads the {@code Prefer} header (RFC 7240). */
final class Preference {

	static final String RESPOND_ASYNC = "respond-async";

	private Preference() {
	}

	static boolean respondAsync(HttpServletRequest request) {
		List<String> headers = Collections.list(request.getHeaders("Prefer"));
		return headers.stream()
			.flatMap((header) -> List.of(header.split(",")).stream())
			.map((preference) -> preference.split(";")[0].trim().toLowerCase(Locale.ROOT))
			.anyMatch(RESPOND_ASYNC::equals);
	}

}
