package com.delula.retention.admin;

import java.io.IOException;

import com.delula.retention.answer.BacklogAnswers;
import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.backlog.RecipeIds;
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

	private static final String DRY_RUN = "dryRun";

	private static final String RECIPE_ID = "recipeId";

	private static final String FAILURE_REASON = "failureReason";

	private final BacklogAnswers backlog;

	private final RecipeIds recipeIds;

	private final Answers answers;

	BacklogController(BacklogAnswers backlog, RecipeIds recipeIds, Answers answers) {
		this.backlog = backlog;
		this.recipeIds = recipeIds;
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
		Options options = Options.of(http, DRY_RUN, RECIPE_ID, FAILURE_REASON);
		String recipeId = options.read(RECIPE_ID,
				(node) -> this.recipeIds.numeric() ? node.isIntegralNumber() : node.isString(), "the id of a recipe",
				this.recipeIds::parse);
		return BacklogCleanup.request(mode, Trigger.API, caller.getName(), options.flag(DRY_RUN),
				new BacklogOptions(recipeId, options.text(FAILURE_REASON)));
	}

}
