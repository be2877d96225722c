package com.delula.retention.dashboard;

import java.util.List;
import java.util.UUID;

import com.delula.retention.option.Option;
import com.delula.retention.option.RawOptions;
import com.delula.retention.option.RawValue;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.status.Counts;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The button of a run that puts back what it removed: first a preview, then the run. */
@PageController
@RequestMapping("/runs/{id}/restore")
class RestorePageController {

	private final RunHistory history;

	private final RunEngine engine;

	private final StockReader stocks;

	private final Counts counts;

	private final PageFormatter formatter;

	RestorePageController(RunHistory history, RunEngine engine, StockReader stocks, Counts counts,
			PageFormatter formatter) {
		this.history = history;
		this.engine = engine;
		this.stocks = stocks;
		this.counts = counts;
		this.formatter = formatter;
	}

	/** Counts what would come back at this moment. */
	@GetMapping
	String preview(@PathVariable String id, Authentication caller, Model model) {
		Run run = find(id);
		RunView view = view(run);
		if (!view.undoable()) {
			throw NotRestorableException.notNow();
		}
		RunRequest request = request(run, "true", caller);
		List<Stock> found = this.counts.once(() -> this.stocks.takeStock(request));
		model.addAttribute("view", view);
		model.addAttribute("running", this.history.running(run.task()).map(this::view).orElse(null));
		model.addAttribute("free", found.stream().mapToLong(Stock::due).sum());
		model.addAttribute("leftOut", found.stream().mapToLong(Stock::keptReferenced).sum());
		return "dashboard/restore";
	}

	@PostMapping
	String restore(@PathVariable String id, @RequestParam String dryRun,
			@RequestParam(required = false) @Nullable String expectedRows, Authentication caller) {
		RunRequest request = request(find(id), dryRun, caller);
		Long expected = (expectedRows != null) ? Option.EXPECTED_ROWS.read(expectedRows) : null;
		return "redirect:/runs/" + this.engine.start(request.expecting(expected)).run().id();
	}

	private RunView view(Run run) {
		return new RunView(run, this.history.now(), this.formatter.title(run.task()));
	}

	private static RunRequest request(Run run, String dryRun, Authentication caller) {
		RawOptions options = new RawOptions();
		options.add(Option.DRY_RUN.name(), RawValue.plain(dryRun));
		return RuleRequests.restore(run, Trigger.PAGE, caller.getName(), RuleRequests.restoreOptions().parse(options));
	}

	private Run find(String id) {
		try {
			return this.history.find(UUID.fromString(id)).orElseThrow(NoSuchPageException::run);
		}
		catch (IllegalArgumentException ex) {
			throw NoSuchPageException.run();
		}
	}

}
