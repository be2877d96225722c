package com.delula.retention.admin;

import java.io.IOException;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what filters refuse by {@code sendError}. */
@Controller
class ProblemErrorController implements ErrorController {

	private final Problems problems;

	ProblemErrorController(Problems problems) {
		this.problems = problems;
	}

	@RequestMapping("/error")
	void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		HttpStatus status = (code instanceof Integer number) ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
		HttpStatus known = (status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR;
		this.problems.write(response, known,
				ProblemAdvice.detail(known, request.getAttribute(RequestDispatcher.ERROR_METHOD),
						request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)));
	}

}
