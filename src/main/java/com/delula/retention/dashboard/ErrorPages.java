package com.delula.retention.dashboard;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Writes error pages, also where no controller has been reached. */
@Component
class ErrorPages {

	static final String VIEW = "dashboard/error";

	private final ViewResolver views;

	private final PageFrame frame;

	private final BackLinks back;

	ErrorPages(@Qualifier("thymeleafViewResolver") ViewResolver views, PageFrame frame, BackLinks back) {
		this.views = views;
		this.frame = frame;
		this.back = back;
	}

	/** What the view shows. */
	Map<String, Object> model(ErrorPage page, @Nullable Authentication caller, HttpServletRequest request) {
		Map<String, Object> model = new HashMap<>(this.frame.attributes(caller, request));
		model.put("problem", page);
		if (caller != null) {
			this.back.from(page, request).ifPresent((link) -> model.put("back", link));
		}
		return model;
	}

	void write(HttpServletRequest request, HttpServletResponse response, ErrorPage page) throws IOException {
		response.setStatus(page.status().value());
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		try {
			View view = Objects.requireNonNull(this.views.resolveViewName(VIEW, Locale.ROOT));
			view.render(model(page, caller, request), request, response);
		}
		catch (IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
