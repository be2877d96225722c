package com.delula.retention.session;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/** Renews the session of an authorized request. */
public final class SessionRenewal extends OncePerRequestFilter {

	private final PageSessions sessions;

	public SessionRenewal(PageSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.sessions.renew(request, response);
		chain.doFilter(request, response);
	}

}
