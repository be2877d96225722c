package com.delula.retention.admin;

import java.io.IOException;
import java.util.Map;

import com.delula.retention.answer.PurgeAnswers;
import com.delula.retention.jobs.JobPurge;
import com.delula.retention.option.Option;
import com.delula.retention.option.OptionValues;
import com.delula.retention.run.Trigger;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The job purge over HTTP. */
@RestController
@RequestMapping(path = "/api/admin/purge", produces = "application/json")
class PurgeController {

	private final PurgeAnswers jobs;

	private final Answers answers;

	PurgeController(PurgeAnswers jobs, Answers answers) {
		this.jobs = jobs;
		this.answers = answers;
	}

	@GetMapping("/status")
	Map<String, @Nullable Object> status() {
		return this.jobs.status();
	}

	@PostMapping
	ResponseEntity<Object> purge(HttpServletRequest http, Authentication caller) throws IOException {
		OptionValues options = JobPurge.OPTIONS.parse(SentOptions.of(http));
		Integer hours = options.get(JobPurge.HOURS);
		boolean dryRun = options.is(Option.DRY_RUN);
		return this.answers.run(JobPurge.request(Trigger.API, caller.getName(), dryRun, hours), http, "Purge",
				(outcome) -> this.jobs.counts(outcome, hours));
	}

}
