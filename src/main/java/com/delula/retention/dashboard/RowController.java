package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.answer.RowAnswers;
import com.delula.retention.option.OptionException;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.status.NextRuns;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Answers why a row is still there. */
@PageController
class RowController {

	private final Rules rules;

	private final RowAnswers rows;

	private final NextRuns next;

	private final RunHistory history;

	RowController(Rules rules, RowAnswers rows, NextRuns next, RunHistory history) {
		this.rules = rules;
		this.rows = rows;
		this.next = next;
		this.history = history;
	}

	@GetMapping("/rows")
	String row(@RequestParam(required = false) @Nullable String of,
			@RequestParam(required = false) @Nullable String key, Authentication caller, HttpServletResponse response,
			Model model) {
		List<Place> places = places(this.rules.all());
		model.addAttribute("places", places);
		model.addAttribute("of", of);
		model.addAttribute("key", key);
		Place place = places.stream().filter((candidate) -> candidate.value().equals(of)).findFirst().orElse(null);
		if (place == null || key == null) {
			return "dashboard/row";
		}
		if (key.isEmpty()) {
			model.addAttribute("error", "Type the key of a row of " + place.table() + ".");
			return "dashboard/row";
		}
		try {
			model.addAttribute("row", this.rows.explain(place.rule(), place.table(), key, caller.getName()));
			model.addAttribute("next", this.next.find(place.rule()).orElse(null));
			model.addAttribute("now", this.history.now());
		}
		catch (OptionException ex) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			model.addAttribute("error", ex.getMessage());
		}
		return "dashboard/row";
	}

	/** Where a row may be. */
	static List<Place> places(List<Rule> rules) {
		List<Place> places = new ArrayList<>();
		rules.forEach((rule) -> rule.tableNames().forEach((table) -> places.add(new Place(rule, table))));
		return places;
	}

	/**
	 * A table of a rule.
	 *
	 * @param rule the rule
	 * @param table the table
	 */
	record Place(Rule rule, String table) {

		/** What a form sends. */
		public String value() {
			return this.rule.name() + ":" + this.table;
		}

		/** What a user reads. */
		public String text() {
			return this.rule.title() + ": " + this.table;
		}

	}

}
