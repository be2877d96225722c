package com.delula.retention.dashboard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** What the frame around every page shows: the current user, the menu and the theme. */
@Component
class PageFrame {

	/** Written by the theme button; see {@code frame.js}. */
	private static final String THEME_COOKIE = "RETENTION_THEME";

	private static final Set<String> THEMES = Set.of("light", "dark");

	private final CurrentUsers users;

	private final List<FeaturePage> pages;

	PageFrame(CurrentUsers users, ObjectProvider<FeaturePage> pages) {
		this.users = users;
		this.pages = pages.orderedStream().toList();
	}

	/** The attributes that the layout reads. */
	Map<String, Object> attributes(@Nullable Authentication caller, HttpServletRequest request) {
		Map<String, Object> attributes = new HashMap<>();
		attributes.put("user", this.users.of(caller));
		attributes.put("featurePages", this.pages);
		theme(request).ifPresent((theme) -> attributes.put("theme", theme));
		return attributes;
	}

	/** The theme that the user has chosen; empty for that of the system. */
	private static Optional<String> theme(HttpServletRequest request) {
		return Optional.ofNullable(WebUtils.getCookie(request, THEME_COOKIE))
			.map(Cookie::getValue)
			.filter(THEMES::contains);
	}

}
