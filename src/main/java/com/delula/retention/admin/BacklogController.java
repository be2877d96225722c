package com.delula.retention.admin;

import java.io.IOException;

import com.delula.retention.answer.BacklogAnswers;
import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.NarrowingOptions;
import com.delula.retention.option.Option;
import com.delula.retention.option.OptionValues;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The backlog cleanup over HTTP. */
@RestController
@RequestMapping(path = "/api/admin/backlog-cleanup", produces = "application/json")
class BacklogController {

	private final BacklogAnswers backlog;

	private final NarrowingOptions narrowing;

	private final Answers answers;

	BacklogController(BacklogAnswers backlog, NarrowingOptions narrowing, Answers answers) {
		this.backlog = backlog;
		this.narrowing = narrowing;
		this.answers = answers;
	}

	@GetMapping("/status")
	byte[] status() {
		return this.backlog.statusJson();
	}

	@PostMapping("/run")
	ResponseEntity<Object> run(HttpServletRequest http, Authentication caller) throws IOException {
		return this.answers.run(request(Mode.REGULAR, http, caller), http, "Backlog cleanup", this.backlog::regular);
	}

	@PostMapping("/emergency")
	ResponseEntity<Object> emergency(HttpServletRequest http, Authentication caller) throws IOException {
		return this.answers.run(request(Mode.EMERGENCY, http, caller), http, "Emergency backlog cleanup",
				this.backlog::emergency);
	}

	private RunRequest request(Mode mode, HttpServletRequest http, Authentication caller) throws IOException {
		OptionValues options = this.narrowing.set().parse(SentOptions.of(http));
		return BacklogCleanup.request(mode, Trigger.API, caller.getName(), options.is(Option.DRY_RUN),
				this.narrowing.read(options));
	}

}
