package com.delula.retention.admin;

import com.delula.retention.answer.RunProblem;

/** The run that a caller waited for failed or was refused. */
final class RunProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient RunProblem problem;

	RunProblemException(RunProblem problem) {
		super(problem.detail());
		this.problem = problem;
	}

	RunProblem problem() {
		return this.problem;
	}

}
