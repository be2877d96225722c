package com.delula.retention.admin;

import java.io.IOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;

/** Answers what Tomcat itself refuses, such as a malformed address. Made by Tomcat. */
public class ProblemValve extends ErrorReportValve {

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		HttpStatus status = status(response);
		if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		try {
			new Problems(new JsonMapper()).write(response, status,
					ProblemAdvice.detail(status, request.getMethod(), request.getRequestURI()));
		}
		catch (IOException ex) {
			this.container.getLogger().debug("A caller hung up", ex);
		}
	}

	/**
	 * What a caller asks of HTTP that Tomcat does not know is the caller's fault, not the
	 * server's.
	 */
	private static @Nullable HttpStatus status(Response response) {
		HttpStatus status = HttpStatus.resolve(response.getStatus());
		return (status == HttpStatus.NOT_IMPLEMENTED || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED)
				? HttpStatus.BAD_REQUEST : status;
	}

}
