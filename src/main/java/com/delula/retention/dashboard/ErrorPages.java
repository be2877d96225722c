package com.delula.retention.dashboard;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Shows what went wrong, also where no controller has been reached. */
@Component
class ErrorPages {

	static final String VIEW = "dashboard/error";

	private final ViewResolver views;

	private final Readers readers;

	ErrorPages(@Qualifier("thymeleafViewResolver") ViewResolver views, Readers readers) {
		this.views = views;
		this.readers = readers;
	}

	void write(HttpServletRequest request, HttpServletResponse response, ErrorPage page) throws IOException {
		response.setStatus(page.status().value());
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		try {
			View view = Objects.requireNonNull(this.views.resolveViewName(VIEW, Locale.ROOT));
			view.render(Map.of("problem", page, "reader", this.readers.of(caller)), request, response);
		}
		catch (IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
