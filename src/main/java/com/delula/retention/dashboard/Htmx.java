package com.delula.retention.dashboard;

import jakarta.servlet.http.HttpServletRequest;

/** Knows requests for a part of a page, which htmx sends. */
final class Htmx {

	private Htmx() {
	}

	static boolean asks(HttpServletRequest request) {
		return request.getHeader("HX-Request") != null;
	}

}
