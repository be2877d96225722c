package com.delula.retention.admin;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of another site has a browser send. Browsers repeat Basic
 * credentials by themselves, so that valid credentials prove nothing; but they say where
 * a request comes from, in headers that a page cannot set.
 */
class CrossSiteFilter extends OncePerRequestFilter {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	/** What {@code Sec-Fetch-Site} says of the user's own doing and of our own pages. */
	private static final Set<String> OWN = Set.of("none", "same-origin");

	private final List<String> allowedOrigins;

	private final Problems problems;

	CrossSiteFilter(List<String> allowedOrigins, Problems problems) {
		this.allowedOrigins = allowedOrigins;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!SAFE.contains(request.getMethod()) && isForeign(request)) {
			this.problems.write(response, HttpStatus.FORBIDDEN,
					"This request comes from another site. Add its origin to retention.security.allowed-origins"
							+ " if it may. Nothing was done.");
			return;
		}
		chain.doFilter(request, response);
	}

	private boolean isForeign(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (origin != null && this.allowedOrigins.contains(origin)) {
			return false;
		}
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null && !OWN.contains(site)) {
			return true;
		}
		return origin != null && !isOwn(origin, request.getHeader(HttpHeaders.HOST), site);
	}

	/**
	 * Behind a proxy that ends TLS the scheme may differ, so hosts and ports are
	 * compared; where the browser itself says that the origin is the same, only the host.
	 */
	private static boolean isOwn(String origin, @Nullable String host, @Nullable String site) {
		try {
			URI from = new URI(origin);
			if (host == null || from.getHost() == null) {
				return false;
			}
			URI own = new URI(from.getScheme() + "://" + host);
			boolean sameHost = from.getHost().equalsIgnoreCase(own.getHost());
			return sameHost && ("same-origin".equals(site) || port(from) == port(own));
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private static int port(URI uri) {
		if (uri.getPort() != -1) {
			return uri.getPort();
		}
		return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
	}

}
