package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.run.TaskSchedule;

/** A task's cron schedule. */
final class CronSchedule implements TaskSchedule {

	private final String task;

	private final String cron;

	private final CronSlot slot;

	CronSchedule(String task, String cron, Clock clock) {
		this.task = task;
		this.cron = cron;
		this.slot = new CronSlot(cron, clock);
	}

	String cron() {
		return this.cron;
	}

	CronSlot slot() {
		return this.slot;
	}

	@Override
	public String task() {
		return this.task;
	}

	@Override
	public Instant next() {
		return this.slot.next();
	}

	@Override
	public Duration interval() {
		return this.slot.interval();
	}

	@Override
	public String words() {
		return RuleSchedule.cron(this.cron).words();
	}

	@Override
	public String text() {
		return "cron '" + this.cron + "' UTC";
	}

}
