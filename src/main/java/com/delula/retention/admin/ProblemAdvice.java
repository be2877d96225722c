package com.delula.retention.admin;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.stream.Collectors;

import com.delula.retention.answer.RunProblem;
import com.delula.retention.database.SqlFault;
import com.delula.retention.option.OptionException;
import com.delula.retention.policy.edit.PolicyException;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.engine.RunUnrecordedException;
import com.delula.retention.run.engine.StoppingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** The one place that turns exceptions into problem details. */
@RestControllerAdvice
class ProblemAdvice {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	/** The address of a row. */
	private static final String ROW = "(?s)/api/admin/rules/[^/]+/rows/.*";

	/** How the address of a restore ends. */
	private static final String RESTORE = "/restore";

	private final Problems problems;

	ProblemAdvice(Problems problems) {
		this.problems = problems;
	}

	@ExceptionHandler
	void handle(BadRequestException ex, HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.problems.write(response, ex.status(),
				ex.getMessage() + nothingDone(request.getMethod(), request.getRequestURI()));
	}

	@ExceptionHandler
	void handle(PolicyException ex, HttpServletResponse response) throws IOException {
		HttpStatus status = switch (ex.kind()) {
			case INVALID -> HttpStatus.BAD_REQUEST;
			case MISSING -> HttpStatus.NOT_FOUND;
			case CONFLICT -> HttpStatus.CONFLICT;
		};
		this.problems.write(response, status, ex.getMessage() + PolicyException.NOTHING_CHANGED);
	}

	@ExceptionHandler
	void handle(OptionException ex, HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.BAD_REQUEST,
				ex.getMessage() + nothingDone(request.getMethod(), request.getRequestURI()));
	}

	/** What a refused call has not done, as a sentence; empty where it only looks. */
	static String nothingDone(String method, String address) {
		return switch (method) {
			case "GET", "HEAD" -> "";
			case "POST" ->
				address.endsWith(RESTORE) ? OptionException.NOTHING_RESTORED : OptionException.NOTHING_DELETED;
			default -> PolicyException.NOTHING_CHANGED;
		};
	}

	@ExceptionHandler
	void handle(RunEndedException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.CONFLICT, String.valueOf(ex.getMessage()), ex.run().id());
	}

	@ExceptionHandler
	void handle(NoSuchRunException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.NOT_FOUND, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	void handle(NoSuchRuleException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.NOT_FOUND, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	void handle(AlreadyRunningException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.CONFLICT,
				ex.getMessage() + ". Wait for it to end, or cancel it. Nothing was done.", ex.runId());
	}

	@ExceptionHandler
	void handle(InstallationIncompleteException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	void handle(NotRestorableException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	void handle(StoppingException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.SERVICE_UNAVAILABLE,
				"This instance is shutting down. Try again in a moment. Nothing was done.");
	}

	@ExceptionHandler
	void handle(RunProblemException ex, HttpServletResponse response) throws IOException {
		RunProblem problem = ex.problem();
		this.problems.write(response, problem.status(), problem.detail(), problem.runId(), problem.counts());
	}

	@ExceptionHandler
	void handle(RunUnrecordedException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.SERVICE_UNAVAILABLE,
				ex.getMessage() + "; it is recorded as soon as that is possible. Look there for its counts.",
				ex.run().id());
	}

	@ExceptionHandler
	void handle(AsyncRequestNotUsableException ex) {
		log.debug("A caller hung up", ex);
	}

	/** Parameters that are not correctly encoded. */
	@ExceptionHandler
	void handle(InvalidParameterException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.BAD_REQUEST, detail(HttpStatus.BAD_REQUEST));
	}

	/** Of a {@link BodyValve}, or of Tomcat after a silence. */
	@ExceptionHandler
	void handle(SocketTimeoutException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.REQUEST_TIMEOUT, detail(HttpStatus.REQUEST_TIMEOUT));
	}

	@ExceptionHandler
	void handle(ClientAbortException ex) {
		log.debug("A caller hung up", ex);
	}

	@ExceptionHandler
	void handle(HttpRequestMethodNotSupportedException ex, HttpServletResponse response) throws IOException {
		Set<HttpMethod> allowed = (ex.getSupportedHttpMethods() != null) ? ex.getSupportedHttpMethods() : Set.of();
		String names = allowed.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
		response.setHeader("Allow", names);
		this.problems.write(response, HttpStatus.METHOD_NOT_ALLOWED,
				"This address does not answer to " + ex.getMethod() + "; it answers to " + names + ".");
	}

	@ExceptionHandler
	void handle(MethodArgumentTypeMismatchException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.BAD_REQUEST,
				"The option '" + ex.getName() + "' cannot be understood.");
	}

	@ExceptionHandler
	void handle(HttpMessageNotReadableException ex, HttpServletResponse response) throws IOException {
		this.problems.write(response, HttpStatus.BAD_REQUEST, "The body cannot be read.");
	}

	/** Left to Spring Security's filters, which know whether somebody is logged in. */
	@ExceptionHandler
	void handle(AccessDeniedException ex) {
		throw ex;
	}

	@ExceptionHandler
	void handle(AuthenticationException ex) {
		throw ex;
	}

	@ExceptionHandler
	void handle(Exception ex, HttpServletResponse response) throws IOException {
		if (ex instanceof ErrorResponse known) {
			HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
			known.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
			this.problems.write(response, status, detail(status));
			return;
		}
		if (SqlFault.isReadOnly(ex)) {
			log.warn("The database is read-only: {}", SqlFault.reason(ex));
			this.problems.write(response, HttpStatus.SERVICE_UNAVAILABLE,
					"The database is read-only: it is a standby, or its administrator has set it so. Nothing was done."
							+ " Point the service at the primary, or try again after the failover.");
			return;
		}
		if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
			log.warn("The database is unreachable: {}", ex.getClass().getSimpleName());
			this.problems.write(response, HttpStatus.SERVICE_UNAVAILABLE,
					"The database cannot be reached. Try again in a moment.");
			return;
		}
		if (SqlFault.of(ex) == SqlFault.CONTENTION) {
			log.warn("The database did not answer in time: {}", SqlFault.reason(ex));
			this.problems.write(response, HttpStatus.SERVICE_UNAVAILABLE,
					"The database did not answer in time. Try again in a moment.");
			return;
		}
		log.error("A request failed", ex);
		this.problems.write(response, HttpStatus.INTERNAL_SERVER_ERROR,
				"An unexpected error. The log of the service has the details.");
	}

	/** What an address that was refused as such should have been; else as by status. */
	static String detail(HttpStatus status, @Nullable Object method, @Nullable Object address) {
		return (status == HttpStatus.BAD_REQUEST && "GET".equals(method) && String.valueOf(address).matches(ROW))
				? "The request cannot be understood. If the key has a slash, backslash, percent sign or semicolon, send it"
						+ " as a query parameter: /api/admin/rules/{rule}/rows?key=…"
				: detail(status);
	}

	static String detail(HttpStatus status) {
		return switch (status) {
			case NOT_FOUND -> "There is nothing at this address.";
			case NOT_ACCEPTABLE -> "This address answers with application/json only.";
			case UNSUPPORTED_MEDIA_TYPE -> "A body must be of type application/json.";
			case METHOD_NOT_ALLOWED -> "This address does not answer to this method.";
			case REQUEST_TIMEOUT -> "The body did not arrive in time. Nothing was done.";
			case BAD_REQUEST -> "The request cannot be understood.";
			default -> status.getReasonPhrase() + ".";
		};
	}

}
