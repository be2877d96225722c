package com.delula.retention.dashboard;

import com.delula.retention.database.SqlFault;
import com.delula.retention.option.OptionException;
import com.delula.retention.policy.edit.PolicyException;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.engine.StoppingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** Gives every page its frame, and turns exceptions into pages. */
@ControllerAdvice(annotations = PageController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class DashboardAdvice {

	private static final Logger log = LoggerFactory.getLogger(DashboardAdvice.class);

	private final PageFrame frame;

	private final PageFormatter formatter;

	private final ErrorPages errors;

	DashboardAdvice(PageFrame frame, PageFormatter formatter, ErrorPages errors) {
		this.errors = errors;
		this.frame = frame;
		this.formatter = formatter;
	}

	@ModelAttribute("format")
	PageFormatter formatter() {
		return this.formatter;
	}

	@ModelAttribute
	void frame(@Nullable Authentication caller, HttpServletRequest request, Model model) {
		model.addAllAttributes(this.frame.attributes(caller, request));
	}

	@ExceptionHandler
	@Nullable ModelAndView handle(Exception ex, @Nullable Authentication caller, HttpServletRequest request,
			HttpServletResponse response) {
		if (ex instanceof AsyncRequestNotUsableException || response.isCommitted()) {
			log.debug("The client closed the connection", ex);
			return null;
		}
		ErrorPage page = page(ex);
		response.setStatus(page.status().value());
		ModelAndView view = new ModelAndView(ErrorPages.VIEW);
		view.addAllObjects(this.errors.model(page, caller, request));
		return view;
	}

	private static ErrorPage page(Exception ex) {
		String message = String.valueOf(ex.getMessage());
		if (ex instanceof AlreadyRunningException running) {
			return new ErrorPage(HttpStatus.CONFLICT, "Another run is in progress",
					"Only one run of a rule can be in progress. Nothing was started. Wait for the other run to end, or cancel it.",
					running.runId());
		}
		if (ex instanceof NotRestorableException) {
			return ErrorPage.of(HttpStatus.CONFLICT, "This run cannot be restored", message);
		}
		if (ex instanceof InstallationIncompleteException) {
			return ErrorPage.of(HttpStatus.UNPROCESSABLE_CONTENT, "The installation is incomplete", message);
		}
		if (ex instanceof StoppingException) {
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "This instance is shutting down",
					"Nothing was started. Try again in a moment.");
		}
		if (ex instanceof DueRowsCsv.BusyException) {
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, message, "Try again in a moment.");
		}
		if (ex instanceof NoSuchPageException missing) {
			return ErrorPage.of(HttpStatus.NOT_FOUND, message, missing.detail());
		}
		if (ex instanceof PolicyException) {
			return ErrorPage.of(HttpStatus.NOT_FOUND, "Policy not found", message + PolicyException.NOTHING_CHANGED);
		}
		if (ex instanceof OptionException) {
			return ErrorPage.of(HttpStatus.BAD_REQUEST, "Invalid option", message + OptionException.NOTHING_DELETED);
		}
		if (ex instanceof ServletRequestBindingException || ex instanceof InvalidParameterException) {
			return ErrorPage.of(HttpStatus.BAD_REQUEST, "Invalid request",
					"A value is missing or cannot be read. Nothing was changed.");
		}
		return unexpected(ex);
	}

	private static ErrorPage unexpected(Exception ex) {
		if (SqlFault.isReadOnly(ex)) {
			log.warn("The database is read-only: {}", SqlFault.reason(ex));
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "The database is read-only",
					"It is a standby or has been set to read-only. Nothing was changed.");
		}
		if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
			log.warn("The database is unreachable: {}", ex.getClass().getSimpleName());
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached",
					"The service itself is running. Try again in a moment.");
		}
		if (SqlFault.of(ex) == SqlFault.CONTENTION) {
			log.warn("The database did not answer in time: {}", SqlFault.reason(ex));
			return ErrorPage.of(HttpStatus.SERVICE_UNAVAILABLE, "The database did not answer in time",
					"Try again in a moment.");
		}
		log.error("A page failed", ex);
		return ErrorPage.of(HttpStatus.INTERNAL_SERVER_ERROR, "Unexpected error",
				"See the log of the service for details.");
	}

}
