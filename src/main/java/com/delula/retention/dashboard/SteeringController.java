package com.delula.retention.dashboard;

import java.util.UUID;

import com.delula.retention.request.SteeringOptions;
import com.delula.retention.run.Caller;
import com.delula.retention.run.Steering;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.RunHistory;

import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pauses, resumes and cancels runs from their pages, and changes their pace. */
@PageController
class SteeringController {

	private final RunHistory history;

	private final RunEngine engine;

	SteeringController(RunHistory history, RunEngine engine) {
		this.history = history;
		this.engine = engine;
	}

	@PostMapping("/runs/{id}/pause")
	String pause(@PathVariable String id, Authentication caller) {
		return steer(id, new Steering(true, null), caller, SteeringNotice.PAUSED);
	}

	@PostMapping("/runs/{id}/resume")
	String resume(@PathVariable String id, Authentication caller) {
		return steer(id, new Steering(false, null), caller, SteeringNotice.RESUMED);
	}

	@PostMapping("/runs/{id}/pace")
	String pace(@PathVariable String id, @RequestParam String dutyCycle, Authentication caller) {
		return steer(id, new Steering(null, SteeringOptions.DUTY_CYCLE.read(dutyCycle)), caller, SteeringNotice.PACE);
	}

	/** The page itself says that the run is about to end. */
	@PostMapping("/runs/{id}/cancel")
	String cancel(@PathVariable String id, Authentication caller) {
		UUID known = find(id);
		boolean asked = this.engine.cancel(known, new Caller(caller.getName(), Trigger.PAGE));
		return asked ? "redirect:/runs/" + known : page(known, SteeringNotice.ENDED);
	}

	private String steer(String id, Steering wish, Authentication caller, SteeringNotice done) {
		UUID known = find(id);
		boolean open = this.engine.steer(known, wish, new Caller(caller.getName(), Trigger.PAGE));
		return page(known, open ? done : SteeringNotice.ENDED);
	}

	private static String page(UUID run, SteeringNotice notice) {
		return "redirect:/runs/" + run + "?steered=" + notice.label();
	}

	private UUID find(String id) {
		try {
			UUID known = UUID.fromString(id);
			return this.history.find(known).orElseThrow(NoSuchPageException::run).id();
		}
		catch (IllegalArgumentException ex) {
			throw NoSuchPageException.run();
		}
	}

}
