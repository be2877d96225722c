package com.delula.retention.run.history;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.transaction.annotation.Transactional;

/** Reads the run history. */
@Transactional(readOnly = true)
public class RunHistory {

	private final RunRepository runs;

	RunHistory(RunRepository runs) {
		this.runs = runs;
	}

	/** One run, if there is such a one. */
	public Optional<Run> find(UUID id) {
		return this.runs.findById(id).map(RunEntity::toRun);
	}

	/**
	 * A page of runs, newest first.
	 * @param task only this task's; all if null
	 * @param status only in this status; any if null
	 * @param page the page, from 0
	 * @param size runs on a page
	 */
	public Page<Run> find(@Nullable String task, @Nullable RunStatus status, int page, int size) {
		return this.runs.find(task, status, PageRequest.of(page, size)).map(RunEntity::toRun);
	}

	/** The task's run that is under way, dry or not. */
	public Optional<Run> running(String task) {
		return this.runs.findByTaskAndStatus(task, RunStatus.RUNNING).map(RunEntity::toRun);
	}

	/** When the service first knew the task; empty before it did. */
	public Optional<Instant> firstSeen(String task) {
		return this.runs.firstSeen(task);
	}

	/** The time by the database's clock. */
	public Instant now() {
		return this.runs.databaseTime();
	}

	/** The task's newest run that removed rows, has ended and was not a dry run. */
	public Optional<Run> last(String task) {
		return this.runs
			.findFirstByTaskAndDryRunFalseAndModeNotAndStatusNotOrderByStartedAtDesc(task, Mode.RESTORE,
					RunStatus.RUNNING)
			.map(RunEntity::toRun);
	}

	/** The task's newest run that succeeded and was not a dry run. */
	public Optional<Run> lastSuccess(String task) {
		return this.runs
			.findFirstByTaskAndDryRunFalseAndModeNotAndStatusOrderByStartedAtDesc(task, Mode.RESTORE,
					RunStatus.SUCCEEDED)
			.map(RunEntity::toRun);
	}

}
