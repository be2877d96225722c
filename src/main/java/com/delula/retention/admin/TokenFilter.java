package com.delula.retention.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import com.delula.retention.admin.SecurityProperties.Token;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Knows callers by {@code Authorization: Bearer}. API tokens are compared by their
 * hashes; others are left to an OpenID provider's, where one is configured.
 */
class TokenFilter extends OncePerRequestFilter {

	private static final String SCHEME = "Bearer ";

	private final List<Token> tokens;

	private final @Nullable BearerTokens others;

	private final AuthenticationEntryPoint refuse;

	TokenFilter(List<Token> tokens, @Nullable BearerTokens others, AuthenticationEntryPoint refuse) {
		this.tokens = tokens;
		this.others = others;
		this.refuse = refuse;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			chain.doFilter(request, response);
			return;
		}
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		try {
			context.setAuthentication(caller(header.substring(SCHEME.length()).trim()));
		}
		catch (AuthenticationException ex) {
			this.refuse.commence(request, response, ex);
			return;
		}
		SecurityContextHolder.setContext(context);
		chain.doFilter(request, response);
	}

	private Authentication caller(String value) {
		Optional<Token> token = find(value);
		if (token.isPresent()) {
			return UsernamePasswordAuthenticationToken.authenticated(String.valueOf(token.get().name()), null,
					AuthorityUtils.createAuthorityList("ROLE_" + token.get().role()));
		}
		if (this.others == null) {
			throw new BadTokenException("The token is unknown.");
		}
		return this.others.authenticate(value);
	}

	private Optional<Token> find(String value) {
		byte[] hash = sha256(value);
		return this.tokens.stream()
			.filter((token) -> MessageDigest.isEqual(HexFormat.of().parseHex(String.valueOf(token.sha256())), hash))
			.findFirst();
	}

	private static byte[] sha256(String value) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
