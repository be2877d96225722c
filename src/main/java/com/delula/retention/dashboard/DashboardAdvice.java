package com.delula.retention.dashboard;

import com.delula.retention.option.OptionException;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.SqlFault;
import com.delula.retention.run.StoppingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** Gives every page its reader, and turns exceptions into pages. */
@ControllerAdvice(basePackageClasses = DashboardAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class DashboardAdvice {

	private static final Logger log = LoggerFactory.getLogger(DashboardAdvice.class);

	private static final String READER = "reader";

	private final Readers readers;

	private final Words words;

	DashboardAdvice(Readers readers, Words words) {
		this.readers = readers;
		this.words = words;
	}

	@ModelAttribute("words")
	Words words() {
		return this.words;
	}

	@ModelAttribute(READER)
	Reader reader(@Nullable Authentication caller) {
		return this.readers.of(caller);
	}

	@ExceptionHandler
	@Nullable ModelAndView handle(Exception ex, @Nullable Authentication caller, HttpServletRequest request,
			HttpServletResponse response) {
		if (ex instanceof AsyncRequestNotUsableException) {
			log.debug("A reader hung up", ex);
			return null;
		}
		ErrorPage page = page(ex);
		response.setStatus(page.status().value());
		ModelAndView view = new ModelAndView(ErrorPages.VIEW);
		view.addObject("problem", page);
		view.addObject(READER, this.readers.of(caller));
		return view;
	}

	private static ErrorPage page(Exception ex) {
		String message = String.valueOf(ex.getMessage());
		if (ex instanceof AlreadyRunningException running) {
			return new ErrorPage(HttpStatus.CONFLICT, "Another run is under way",
					"There is one run of a task at a time. Nothing was done. Wait for the other to end, or cancel it.",
					running.runId());
		}
		if (ex instanceof InstallationIncompleteException) {
			return ErrorPage.of(HttpStatus.UNPROCESSABLE_CONTENT, "The installation lacks something", message);
		}
		if (ex instanceof StoppingException) {
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "This instance is shutting down",
					"Nothing was done. Try again in a moment.");
		}
		if (ex instanceof NoSuchPageException) {
			return ErrorPage.of(HttpStatus.NOT_FOUND, message, "It may have been forgotten: old runs are.");
		}
		if (ex instanceof OptionException) {
			return ErrorPage.of(HttpStatus.BAD_REQUEST, "Invalid option", message + OptionException.NOTHING_DELETED);
		}
		return unexpected(ex);
	}

	private static ErrorPage unexpected(Exception ex) {
		if (SqlFault.isReadOnly(ex)) {
			log.warn("The database is read-only: {}", SqlFault.reason(ex));
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "The database is read-only",
					"It is a standby, or its administrator has set it so. Nothing was done.");
		}
		if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
			log.warn("The database is unreachable: {}", ex.getClass().getSimpleName());
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached",
					"The service itself is up. Try again in a moment.");
		}
		if (SqlFault.of(ex) == SqlFault.CONTENTION) {
			log.warn("The database did not answer in time: {}", SqlFault.reason(ex));
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "The database did not answer in time",
					"Try again in a moment.");
		}
		log.error("A page failed", ex);
		return ErrorPage.of(HttpStatus.INTERNAL_SERVER_ERROR, "An unexpected error",
				"The log of the service has the details.");
	}

}
