package com.delula.retention.undo;

import com.delula.retention.database.SqlFault;
import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Says at the start where an undo window does not work. */
final class UndoNotice {

	private static final Logger log = LoggerFactory.getLogger(UndoNotice.class);

	private final Rules rules;

	private final Catalog catalog;

	UndoNotice(Rules rules, Catalog catalog) {
		this.rules = rules;
		this.catalog = catalog;
	}

	@EventListener(ApplicationReadyEvent.class)
	void tell() {
		try {
			this.rules.all().stream().filter((rule) -> rule.safeguards().undo() != null).forEach(this::tell);
		}
		catch (RuntimeException ex) {
			log.debug("Could not look at the tables with undo windows: {}", SqlFault.reason(ex));
		}
	}

	private void tell(Rule rule) {
		rule.tableNames()
			.stream()
			.filter(this.catalog::isDistributed)
			.findFirst()
			.ifPresent((table) -> log.warn(
					"{}.undo has no effect: {} is distributed, where removed rows cannot be kept. Runs of {} cannot be restored",
					rule.settings(), table, rule.name()));
	}

}
