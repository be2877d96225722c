package com.delula.retention.dashboard;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** What the frame around every page shows: the current user and the menu. */
@Component
class PageFrame {

	private final CurrentUsers users;

	private final List<FeaturePage> pages;

	PageFrame(CurrentUsers users, ObjectProvider<FeaturePage> pages) {
		this.users = users;
		this.pages = pages.orderedStream().toList();
	}

	/** The attributes that the layout reads. */
	Map<String, Object> attributes(@Nullable Authentication caller) {
		return Map.of("user", this.users.of(caller), "featurePages", this.pages);
	}

}
