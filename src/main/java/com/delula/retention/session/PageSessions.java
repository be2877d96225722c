package com.delula.retention.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.util.WebUtils;

/**
 * Keeps sessions in a signed cookie instead of a memory: every instance knows them, also
 * after a restart and while the database is away. The role is not in the cookie but
 * looked up each time, so that who lost it, or has a new password, is not let in by an
 * old one. Of a user whom a provider vouches for it is in the cookie; such a session is
 * not renewed, so that the provider is asked again.
 */
public class PageSessions implements SecurityContextRepository {

	/** The cookie. */
	static final String COOKIE = "RETENTION_SESSION";

	/** A session that is used goes on; its cookie need not be written each time. */
	private static final Duration RENEW_AFTER = Duration.ofMinutes(10);

	private static final String ATTRIBUTE = PageSessions.class.getName();

	private final SigningKey key;

	private final EndedSessions ended;

	private final UserDetailsService users;

	private final @Nullable Vouching vouching;

	private final Clock clock;

	private final Duration timeout;

	private final PasswordStamps stamps = new PasswordStamps();

	PageSessions(SigningKey key, EndedSessions ended, UserDetailsService users, @Nullable Vouching vouching,
			Clock clock, Duration timeout) {
		this.key = key;
		this.ended = ended;
		this.users = users;
		this.vouching = vouching;
		this.clock = clock;
		this.timeout = timeout;
	}

	/** Whether somebody says to be logged in; it may not be true. */
	@Override
	public boolean containsContext(HttpServletRequest request) {
		return WebUtils.getCookie(request, COOKIE) != null;
	}

	@Override
	@Deprecated
	public SecurityContext loadContext(HttpRequestResponseHolder holder) {
		return load(holder.getRequest());
	}

	@Override
	public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
		return new LazyContext(() -> load(request), () -> !containsContext(request));
	}

	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		Authentication caller = context.getAuthentication();
		if (caller == null || new AuthenticationTrustResolverImpl().isAnonymous(caller)) {
			end(request, response);
			return;
		}
		String role = (caller.getPrincipal() instanceof VouchedUser user) ? user.role() : null;
		write(new PageSession(UUID.randomUUID().toString(), caller.getName(), expiry(), role), request, response);
	}

	/** Has a session that is in use go on. */
	void renew(HttpServletRequest request, HttpServletResponse response) {
		if (request.getAttribute(ATTRIBUTE) instanceof PageSession session && session.role() == null
				&& session.expires().isBefore(expiry().minus(RENEW_AFTER))) {
			write(new PageSession(session.id(), session.user(), expiry(), null), request, response);
		}
	}

	private Instant expiry() {
		return this.clock.instant().plus(this.timeout).truncatedTo(ChronoUnit.SECONDS);
	}

	private SecurityContext load(HttpServletRequest request) {
		return find(request).flatMap((session) -> {
			request.setAttribute(ATTRIBUTE, session);
			return caller(session);
		}).<SecurityContext>map(SecurityContextImpl::new).orElseGet(SecurityContextHolder::createEmptyContext);
	}

	private Optional<Authentication> caller(PageSession session) {
		if (session.role() != null) {
			return Optional.of(UsernamePasswordAuthenticationToken.authenticated(session.user(), null,
					AuthorityUtils.createAuthorityList("ROLE_" + session.role())));
		}
		return user(session.user())
			.map((known) -> UsernamePasswordAuthenticationToken.authenticated(known, null, known.getAuthorities()));
	}

	private Optional<PageSession> find(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, COOKIE);
		return Optional.ofNullable(cookie)
			.flatMap((found) -> PageSession.read(found.getValue()))
			.filter((signed) -> signed.session().expires().isAfter(this.clock.instant()))
			.filter((signed) -> stamp(signed.session())
				.filter((stamp) -> signed.session().isSigned(this.key, stamp, signed.signature()))
				.isPresent())
			.map(PageSession.Signed::session)
			.filter((session) -> !this.ended.contains(session.id()));
	}

	/** What a session is bound to; empty if nobody knows its user any more. */
	private Optional<String> stamp(PageSession session) {
		if (session.role() != null) {
			return Optional.ofNullable(this.vouching).map(Vouching::stamp);
		}
		return user(session.user()).map(this.stamps::of);
	}

	private Optional<UserDetails> user(String name) {
		try {
			return Optional.of(this.users.loadUserByUsername(name)).filter(UserDetails::isEnabled);
		}
		catch (UsernameNotFoundException ex) {
			return Optional.empty();
		}
	}

	private void end(HttpServletRequest request, HttpServletResponse response) {
		if (containsContext(request)) {
			find(request).ifPresent((session) -> this.ended.end(session.id(), this.timeout.plus(RENEW_AFTER)));
			write("", Duration.ZERO, request, response);
		}
	}

	private void write(PageSession session, HttpServletRequest request, HttpServletResponse response) {
		String stamp = stamp(session).orElseThrow(() -> new IllegalStateException("The user has just logged in"));
		write(session.cookie(this.key, stamp), Duration.ofSeconds(-1), request, response);
	}

	private static void write(String value, Duration maxAge, HttpServletRequest request, HttpServletResponse response) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(COOKIE, value)
					.path(request.getContextPath() + "/")
					.httpOnly(true)
					.secure(request.isSecure())
					.sameSite("Lax")
					.maxAge(maxAge)
					.build()
					.toString());
	}

}
