package com.delula.retention.schedule;

import com.delula.retention.run.TaskSchedule;

import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Runs one rule at the times of its schedule. */
interface RuleTimer {

	/** The schedule as observers see it. */
	TaskSchedule schedule();

	/** Registers what has to be called, and when. */
	void register(ScheduledTaskRegistrar registrar);

}
