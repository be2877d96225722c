package com.delula.retention.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches what a page of another site has a browser send to change something. Browsers
 * repeat Basic credentials and cookies by themselves, so that valid ones prove nothing;
 * but they say where a request comes from, in headers that a page cannot set.
 */
public final class ForeignRequests implements RequestMatcher {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	/** What {@code Sec-Fetch-Site} says of the user's own doing and of our own pages. */
	private static final Set<String> OWN = Set.of("none", "same-origin");

	private final List<String> allowedOrigins;

	/**
	 * Matches requests of all sites but these and our own.
	 * @param allowedOrigins the origins of other sites, such as
	 * {@code https://dashboard.example.org}
	 */
	public ForeignRequests(List<String> allowedOrigins) {
		this.allowedOrigins = List.copyOf(allowedOrigins);
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		if (SAFE.contains(request.getMethod())) {
			return false;
		}
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
