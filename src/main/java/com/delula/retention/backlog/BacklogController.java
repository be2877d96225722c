package com.delula.retention.backlog;

import java.io.IOException;

import com.delula.retention.admin.RuleCalls;
import com.delula.retention.answer.RunReply;
import com.delula.retention.run.Mode;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses that the backlog cleanup had before rules had names. */
@RestController
@ConditionalOnWebApplication
@RequestMapping(path = "/api/admin/backlog-cleanup", produces = "application/json")
class BacklogController {

	private final BacklogAnswers backlog;

	private final RuleCalls calls;

	BacklogController(BacklogAnswers backlog, RuleCalls calls) {
		this.backlog = backlog;
		this.calls = calls;
	}

	@GetMapping("/status")
	byte[] status() {
		return this.backlog.statusJson();
	}

	@PostMapping("/run")
	ResponseEntity<RunReply> run(HttpServletRequest http, Authentication caller) throws IOException {
		return this.calls.run(BacklogCleanup.NAME, Mode.REGULAR, http, caller, this.backlog::regular);
	}

	@PostMapping("/emergency")
	ResponseEntity<RunReply> emergency(HttpServletRequest http, Authentication caller) throws IOException {
		return this.calls.run(BacklogCleanup.NAME, Mode.EMERGENCY, http, caller, this.backlog::emergency);
	}

}
