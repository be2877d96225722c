package com.delula.retention.jobs;

import java.util.List;

import com.delula.retention.answer.Grid;
import com.delula.retention.answer.OwnAnswers;
import com.delula.retention.answer.RunCounts;
import com.delula.retention.rule.Quantity;
import com.delula.retention.run.RunOutcome;

/** The jobs and their purges in words of their own. */
final class JobOwnAnswers implements OwnAnswers {

	private final JobReader jobs;

	private final PurgeAnswers answers;

	private final PurgeProperties properties;

	JobOwnAnswers(JobReader jobs, PurgeAnswers answers, PurgeProperties properties) {
		this.jobs = jobs;
		this.answers = answers;
		this.properties = properties;
	}

	@Override
	public String rule() {
		return JobPurge.NAME;
	}

	@Override
	public RunCounts counts(RunOutcome outcome) {
		return this.answers.counts(outcome);
	}

	@Override
	public List<Grid> details(RunOutcome outcome) {
		return List.of();
	}

	@Override
	public Overview overview() {
		JobStatus status = this.jobs.status();
		Grid grid = new Grid("JOBS", "ROWS");
		status.jobs().forEach(grid::row);
		status.upscaleJobs().forEach((state, rows) -> grid.row("upscale, " + state, rows));
		grid.row("due now (older than " + Quantity.of(this.properties.maxAge()) + ")", status.dueJobs())
			.row("upscale, due now", status.dueUpscaleJobs());
		return new Overview(status.asOf(), this.answers.status(status), List.of(grid));
	}

}
