package com.delula.retention.admin;

import java.io.IOException;
import java.util.UUID;

import com.delula.retention.answer.HistoryFilter;
import com.delula.retention.answer.RunJson;
import com.delula.retention.answer.RunPageJson;
import com.delula.retention.answer.RunReply;
import com.delula.retention.request.SteeringOptions;
import com.delula.retention.run.Caller;
import com.delula.retention.run.Run;
import com.delula.retention.run.Steering;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.RunHistory;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The run history over HTTP. */
@RestController
@RequestMapping(path = "/api/admin/runs", produces = "application/json")
class RunController {

	private final RunHistory history;

	private final RunEngine engine;

	private final RunFeed feed;

	private final RuleCalls calls;

	RunController(RunHistory history, RunEngine engine, RunFeed feed, RuleCalls calls) {
		this.calls = calls;
		this.history = history;
		this.engine = engine;
		this.feed = feed;
	}

	@GetMapping
	RunPageJson list(@RequestParam(required = false) @Nullable String task,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String mode, @RequestParam(defaultValue = "0") String page,
			@RequestParam(defaultValue = "20") String size) {
		HistoryFilter filter = HistoryFilter.of(task, status, mode, page, size, this.engine.tasks());
		return RunPageJson
			.of(this.history.find(filter.task(), filter.status(), filter.mode(), filter.page(), filter.size()));
	}

	@GetMapping("/{id}")
	RunJson one(@PathVariable String id) {
		return RunJson.of(find(id));
	}

	/** The same as server-sent events until the run ends. */
	@GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events(@PathVariable String id) {
		return this.feed.follow(find(id));
	}

	/** Asks a run to end after its batch; one that has ended is answered as it is. */
	@PostMapping("/{id}/cancel")
	ResponseEntity<RunJson> cancel(@PathVariable String id, Authentication caller) {
		UUID known = find(id).id();
		boolean asked = this.engine.cancel(known, new Caller(caller.getName(), Trigger.API));
		return ResponseEntity.status(asked ? HttpStatus.ACCEPTED : HttpStatus.OK).body(RunJson.of(find(id)));
	}

	/** Puts back what the run removed, as long as its rule's undo window lasts. */
	@PostMapping("/{id}/restore")
	ResponseEntity<RunReply> restore(@PathVariable String id, HttpServletRequest http, Authentication caller)
			throws IOException {
		return this.calls.restore(find(id), http, caller);
	}

	/** Pauses or resumes a run, or changes its pace, wherever it is carried out. */
	@PatchMapping("/{id}")
	RunJson steer(@PathVariable String id, HttpServletRequest http, Authentication caller) throws IOException {
		UUID known = find(id).id();
		Steering wish = SteeringOptions.read(SentOptions.of(http));
		if (!this.engine.steer(known, wish, new Caller(caller.getName(), Trigger.API))) {
			throw new RunEndedException(find(id));
		}
		return RunJson.of(find(id));
	}

	private Run find(String id) {
		try {
			return this.history.find(UUID.fromString(id)).orElseThrow(NoSuchRunException::new);
		}
		catch (IllegalArgumentException ex) {
			throw new NoSuchRunException();
		}
	}

}
