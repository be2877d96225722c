package com.delula.retention.dashboard;

import java.io.IOException;
import java.util.List;

import com.delula.retention.session.PageSessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers addresses at which there is nothing with a page for users who are logged in to
 * the pages, instead of asking for the credentials of the API.
 */
final class UnknownAddresses extends OncePerRequestFilter implements RequestMatcher {

	/** Has files that no controller serves, or is answered by filters. */
	private static final List<String> SERVED = List.of("/assets/", "/webjars/", "/login", "/logout", "/actuator",
			"/v3/api-docs", "/error");

	private final ObjectProvider<RequestMappingHandlerMapping> controllers;

	private final PageSessions sessions;

	private final ErrorPages pages;

	UnknownAddresses(ObjectProvider<RequestMappingHandlerMapping> controllers, PageSessions sessions,
			ErrorPages pages) {
		this.controllers = controllers;
		this.sessions = sessions;
		this.pages = pages;
	}

	/**
	 * Whether a request that is none for a page is answered as one. The API has no
	 * sessions; only what it has not may be told to one.
	 */
	@Override
	public boolean matches(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.AUTHORIZATION) != null || !isUnknown(request)) {
			return false;
		}
		boolean session = this.sessions.containsContext(request);
		if (isOfApi(request)) {
			return session && this.sessions.loadDeferredContext(request).get().getAuthentication() != null;
		}
		return session || wantsPage(request);
	}

	/** A browser is sent to the login, not asked for the credentials of the API. */
	private static boolean wantsPage(HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isOfApi(request) || !isUnknown(request)) {
			chain.doFilter(request, response);
			return;
		}
		this.pages.write(request, response,
				ErrorPage.of(HttpStatus.NOT_FOUND, "Page not found", "There is no page at this address."));
	}

	private boolean isUnknown(HttpServletRequest request) {
		return "GET".equals(request.getMethod()) && SERVED.stream().noneMatch(request.getServletPath()::startsWith)
				&& !isHandled(request);
	}

	private static boolean isOfApi(HttpServletRequest request) {
		return request.getServletPath().startsWith("/api/") || request.getServletPath().equals("/api");
	}

	private boolean isHandled(HttpServletRequest request) {
		if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
			ServletRequestPathUtils.parseAndCache(request);
		}
		return this.controllers.orderedStream().anyMatch((mapping) -> isHandled(mapping, request));
	}

	private static boolean isHandled(RequestMappingHandlerMapping mapping, HttpServletRequest request) {
		try {
			return mapping.getHandler(request) != null;
		}
		catch (Exception ex) {
			// There is something, which another method or type of answer would reach.
			return true;
		}
	}

}
