package com.delula.retention.dashboard;

import java.util.List;

import com.delula.retention.run.Labelled;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The filter and page of a list of runs.
 *
 * @param task only this task's; all if null
 * @param status only in this status; any if null
 * @param mode only in this mode; any if null
 * @param page the page, from 0
 */
record RunQuery(@Nullable String task, @Nullable RunStatus status, @Nullable Mode mode, int page) {

	/** Reads the parameters of an address; invalid ones are ignored. */
	static RunQuery of(@Nullable String task, @Nullable String status, @Nullable String mode, @Nullable String page,
			List<String> tasks) {
		RunStatus known = Labelled.find(RunStatus.class, status).orElse(null);
		Mode kind = Labelled.find(Mode.class, mode).orElse(null);
		return new RunQuery(tasks.contains(String.valueOf(task)) ? task : null, known, kind, ResultPage.page(page));
	}

	/** The same of another page. */
	RunQuery on(int other) {
		return new RunQuery(this.task, this.status, this.mode, other);
	}

	/** Whether it leaves out any run. */
	public boolean isFiltered() {
		return this.task != null || this.status != null || this.mode != null;
	}

	/** The address of another page of them. */
	public String pageAddress(int to) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath("/runs");
		if (this.task != null) {
			address.queryParam("task", this.task);
		}
		if (this.status != null) {
			address.queryParam("status", this.status.label());
		}
		if (this.mode != null) {
			address.queryParam("mode", this.mode.label());
		}
		return address.queryParam("page", to).toUriString();
	}

}
