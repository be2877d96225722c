package com.delula.retention.answer;

import java.util.List;

import com.delula.retention.run.Run;

import org.springframework.data.domain.Page;

/**
 * A page of the history.
 *
 * @param success always true
 * @param items the runs, newest first
 * @param page the page, from 0
 * @param size how many runs a page has
 * @param totalItems how many runs there are
 */
public record RunPageJson(boolean success, List<RunJson> items, int page, int size, long totalItems) {

	/** The page in the contract's words. */
	public static RunPageJson of(Page<Run> runs) {
		return new RunPageJson(true, runs.map(RunJson::of).getContent(), runs.getNumber(), runs.getSize(),
				runs.getTotalElements());
	}

}
