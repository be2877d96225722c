package com.delula.retention.jobs;

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

/** The addresses that the job purge had before rules had names. */
@RestController
@ConditionalOnWebApplication
@RequestMapping(path = "/api/admin/purge", produces = "application/json")
class PurgeController {

	private final PurgeAnswers jobs;

	private final RuleCalls calls;

	PurgeController(PurgeAnswers jobs, RuleCalls calls) {
		this.jobs = jobs;
		this.calls = calls;
	}

	@GetMapping("/status")
	PurgeStatusJson status() {
		return this.jobs.status();
	}

	@PostMapping
	ResponseEntity<RunReply> purge(HttpServletRequest http, Authentication caller) throws IOException {
		return this.calls.run(JobPurge.NAME, Mode.REGULAR, http, caller, this.jobs::counts);
	}

}
