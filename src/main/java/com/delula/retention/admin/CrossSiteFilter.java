package com.delula.retention.admin;

import java.io.IOException;

import com.delula.retention.origin.ForeignRequests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what a page of another site has a browser send. */
class CrossSiteFilter extends OncePerRequestFilter {

	private final ForeignRequests foreign;

	private final Problems problems;

	CrossSiteFilter(ForeignRequests foreign, Problems problems) {
		this.foreign = foreign;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.foreign.matches(request)) {
			this.problems.write(response, HttpStatus.FORBIDDEN,
					"This request comes from another site. Add its origin to retention.security.allowed-origins"
							+ " if it may. Nothing was done.");
			return;
		}
		chain.doFilter(request, response);
	}

}
